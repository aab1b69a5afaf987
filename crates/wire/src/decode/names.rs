//! Looking names up in a shape: exactly as documented, in another spelling, or at another level.

use crate::Format;
use crate::shape::{Node, NodeKind, Shape};

/// What must follow a group in the list of nodes.
pub(crate) fn group_len(node: &Node) -> u16 {
    match node.kind {
        NodeKind::Group { len } => len,
        _ => 0,
    }
}

/// The siblings in `scope` as `format` sees them: groups without a name are looked through.
pub(crate) fn siblings(
    shape: &'static Shape,
    scope: (u16, u16),
    format: Format,
) -> impl Iterator<Item = (u16, &'static Node)> {
    let mut at = scope.0;
    std::iter::from_fn(move || {
        while at < scope.1 {
            let node = shape.nodes.get(usize::from(at))?;
            let here = at;
            if let NodeKind::Group { len } = node.kind {
                if node.name(format).is_empty() {
                    at += 1;
                    continue;
                }
                at += 1 + len;
            } else {
                at += 1;
            }
            return Some((here, node));
        }
        None
    })
}

pub(crate) fn is_called(node: &Node, name: &str, format: Format) -> bool {
    let own = node.name(format);
    (!own.is_empty() && own == name)
        || (!node.aliases.is_empty() && node.aliases.contains(&name))
        || (node.numbered && is_numbered(node, name, format))
}

pub(crate) fn is_numbered(node: &Node, name: &str, format: Format) -> bool {
    node.numbered
        && name
            .strip_prefix(node.name(format))
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The node called `name` in `scope`, looking at `hint` first.
pub(crate) fn find_exact(
    shape: &'static Shape,
    scope: (u16, u16),
    hint: u16,
    name: &str,
    format: Format,
) -> Option<u16> {
    if hint > scope.0 && hint < scope.1 {
        let next = shape.nodes.get(usize::from(hint))?;
        if next.name(format) == name {
            return Some(hint);
        }
        // The hint may point into a level of another format: the walk below looks through it.
        if let Some((at, _)) = siblings(shape, (hint, scope.1), format).find(|(_, node)| is_called(node, name, format))
        {
            return Some(at);
        }
    }
    siblings(shape, scope, format).find(|(_, node)| is_called(node, name, format)).map(|(at, _)| at)
}

/// The node in `scope` that is called `name` in another case or convention, or in another format.
pub(crate) fn find_variant(shape: &'static Shape, scope: (u16, u16), name: &str, format: Format) -> Option<u16> {
    siblings(shape, scope, format)
        .find(|(_, node)| same_name(node.name(format), name) || node.aliases.iter().any(|alias| same_name(alias, name)))
        .or_else(|| {
            siblings(shape, scope, format).find(|(_, node)| {
                !matches!(node.kind, NodeKind::Group { .. }) && node.names.iter().any(|other| same_name(other, name))
            })
        })
        .map(|(at, _)| at)
}

/// The only leaf or child called `name` in `scope`, at any level.
pub(crate) fn find_unique(shape: &'static Shape, scope: (u16, u16), name: &str, format: Format) -> Option<u16> {
    let mut found = None;
    for at in scope.0..scope.1 {
        let node = &shape.nodes[usize::from(at)];
        if !matches!(node.kind, NodeKind::Group { .. }) && is_called(node, name, format) {
            if found.is_some() {
                return None;
            }
            found = Some(at);
        }
    }
    found
}

/// The first node called `name` anywhere in `scope`; levels too.
pub(crate) fn find_anywhere(shape: &'static Shape, scope: (u16, u16), name: &str, format: Format) -> Option<u16> {
    let exact = (scope.0..scope.1).find(|at| is_called(&shape.nodes[usize::from(*at)], name, format));
    exact.or_else(|| {
        (scope.0..scope.1).find(|at| {
            let node = &shape.nodes[usize::from(*at)];
            !matches!(node.kind, NodeKind::Group { .. }) && node.names.iter().any(|other| same_name(other, name))
        })
    })
}

/// Whether `at` is one of the siblings in `scope`.
pub(crate) fn in_scope(shape: &'static Shape, scope: (u16, u16), at: u16, format: Format) -> bool {
    at >= scope.0 && at < scope.1 && siblings(shape, scope, format).any(|(sibling, _)| sibling == at)
}

/// The innermost group around `at`.
pub(crate) fn enclosing_group(shape: &'static Shape, at: u16) -> Option<u16> {
    (0..at)
        .rev()
        .find(|group| matches!(shape.nodes[usize::from(*group)].kind, NodeKind::Group { len } if group + len >= at))
}

/// The nodes inside the level called `header`; none when no field stands there.
pub(crate) fn header_scope(shape: &'static Shape, header: &str, format: Format) -> (u16, u16) {
    siblings(shape, (0, shape.nodes.len() as u16), format)
        .find_map(|(at, node)| match node.kind {
            NodeKind::Group { len } if node.name(format) == header => Some((at + 1, at + 1 + len)),
            _ => None,
        })
        .unwrap_or((0, 0))
}

/// Whether two names are the same but for case and punctuation.
pub(crate) fn same_name(known: &str, name: &str) -> bool {
    if known.is_empty() || known == name {
        return !known.is_empty();
    }
    let mut left = known.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let mut right = name.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.eq_ignore_ascii_case(&b) => {}
            _ => return false,
        }
    }
}
