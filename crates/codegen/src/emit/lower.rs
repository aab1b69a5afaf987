//! From fields with a path per format to one tree of names that serves all formats.
//!
//! What must hold of the tree, and what `tests` checks: seen in one format alone, without the names that the format does not
//! have, it is exactly that format's own tree. Each level stands once, each field stands at its path, and the order is that
//! of the fields, each level standing where its first field does. A field has one node for all formats where that is
//! possible; where it is not, because one format puts apart what another puts together, it has a node for each.

use crate::model::Field;

/// Formats, as positions in `names`.
const XML: usize = 0;
const JSON: usize = 1;
const CSV: usize = 2;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Name per format; empty where the format does not have it.
    pub names: [String; 3],
    /// What it stands for.
    pub kind: Kind,
}

/// What a node stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A level of names.
    Group {
        /// JSON writes it as an array.
        json_array: bool,
        /// What stands in it.
        children: Vec<Node>,
    },
    /// The field at this position.
    Field(usize),
}

impl Node {
    /// How many nodes there are below it.
    pub fn descendants(&self) -> usize {
        match &self.kind {
            Kind::Group { children, .. } => children.iter().map(|child| 1 + child.descendants()).sum(),
            Kind::Field(_) => 0,
        }
    }

    fn is_in(&self, format: usize) -> bool {
        let below = match &self.kind {
            Kind::Group { children, .. } => children.iter().any(|child| child.is_in(format)),
            Kind::Field(_) => false,
        };
        below || !self.names[format].is_empty()
    }
}

/// Makes the tree. `csv` says whether the fields are the columns of a CSV row.
pub fn lower(fields: &[Field], csv: bool) -> Vec<Node> {
    let mut tree = Vec::new();
    let all: Vec<Paths<'_>> = fields.iter().map(|field| Paths::of(field, csv)).collect();
    for (index, paths) in all.iter().enumerate() {
        let mut left: Vec<usize> = (0..3).filter(|&format| paths.names[format].is_some()).collect();
        while !left.is_empty() {
            let (formats, place) = together(&left)
                .into_iter()
                .find_map(|formats| place(&tree, paths, &formats).map(|place| (formats, place)))
                .expect("a format alone has its place in any tree");
            let place = stay(&tree, place, paths, &formats, &all[index + 1..]);
            insert(&mut tree, &place, paths, &formats, index);
            left.retain(|format| !formats.contains(format));
        }
    }
    tree
}

/// The formats that can share a node, the most first; each choice has the first of `left` in it.
fn together(left: &[usize]) -> Vec<Vec<usize>> {
    let (first, others) = (left[0], &left[1..]);
    let mut choices: Vec<Vec<usize>> = (0..1_usize << others.len())
        .map(|mask| {
            let chosen = others.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
            std::iter::once(first).chain(chosen.map(|(_, format)| *format)).collect()
        })
        .collect();
    choices.sort_by_key(|choice: &Vec<usize>| std::cmp::Reverse(choice.len()));
    choices
}

/// Where a field stands in each format.
struct Paths<'a> {
    names: [Option<&'a [String]>; 3],
    /// Which level JSON writes as an array.
    array: Option<usize>,
}

impl<'a> Paths<'a> {
    fn of(field: &'a Field, csv: bool) -> Self {
        let column = field.csv.as_ref().filter(|_| csv).map(std::slice::from_ref);
        let names = [field.xml.as_ref().map(|path| &*path.names), field.json.as_ref().map(|path| &*path.names), column];
        Self { names, array: field.json.as_ref().and_then(|path| path.array) }
    }

    /// The levels above the field.
    fn levels(&self, format: usize) -> &'a [String] {
        self.names[format].map_or(&[], |names| &names[..names.len().saturating_sub(1)])
    }

    fn last(&self, format: usize) -> String {
        self.names[format].and_then(<[String]>::last).cloned().unwrap_or_default()
    }
}

/// A place in the tree: the positions of the groups from the top down, and how many levels of each format they are.
struct Place {
    groups: Vec<usize>,
    known: [usize; 3],
}

/// The place at the end of the deepest level that is there already, if one place suits all of `formats`.
fn place(tree: &[Node], paths: &Paths<'_>, formats: &[usize]) -> Option<Place> {
    let found: Vec<(usize, Vec<usize>, usize)> = formats
        .iter()
        .map(|&format| {
            let (groups, known) = find(tree, paths.levels(format), format);
            (format, groups, known)
        })
        .collect();
    let groups = found.iter().map(|(_, groups, _)| groups).max_by_key(|groups| groups.len())?.clone();
    let mut known = [0; 3];
    for (format, own, levels) in found {
        if !groups.starts_with(&own) || !is_last(tree, &groups, own.len(), format) {
            return None;
        }
        known[format] = levels;
    }
    Some(Place { groups, known })
}

/// The place at the end of a level, or further in: at the end of groups that `formats` do not have, if fields to come stand in
/// these. Put after such a group, a field would bar them from sharing their nodes, since they would come before it.
fn stay(tree: &[Node], mut place: Place, paths: &Paths<'_>, formats: &[usize], coming: &[Paths<'_>]) -> Place {
    if formats.iter().any(|&format| place.known[format] < paths.levels(format).len()) {
        return place;
    }
    let mut path: Vec<&Node> = Vec::new();
    let mut here = tree;
    for &position in &place.groups {
        path.push(&here[position]);
        here = children(&here[position]);
    }
    while let Some(last) = here.last().filter(|node| matches!(node.kind, Kind::Group { .. })) {
        path.push(last);
        let is_coming = (0..3).filter(|&format| !last.names[format].is_empty()).any(|format| {
            let levels: Vec<&String> =
                path.iter().map(|node| &node.names[format]).filter(|name| !name.is_empty()).collect();
            coming.iter().any(|paths| paths.levels(format).iter().take(levels.len()).eq(levels.iter().copied()))
        });
        if !is_coming || formats.iter().any(|&format| !last.names[format].is_empty()) {
            break;
        }
        place.groups.push(here.len() - 1);
        here = children(last);
    }
    place
}

/// The groups from the top down to the deepest that is one of `levels`, and how many of these it is.
fn find(tree: &[Node], levels: &[String], format: usize) -> (Vec<usize>, usize) {
    let mut groups = Vec::new();
    let mut here = tree;
    for (known, level) in levels.iter().enumerate() {
        let Some(below) = find_level(here, level, format) else { return (groups, known) };
        for &position in &below {
            here = children(&here[position]);
        }
        groups.extend(below);
    }
    (groups, levels.len())
}

/// The positions that lead to the group called `level`, through groups that the format does not have.
fn find_level(nodes: &[Node], level: &str, format: usize) -> Option<Vec<usize>> {
    nodes.iter().enumerate().find_map(|(position, node)| {
        if !matches!(node.kind, Kind::Group { .. }) {
            return None;
        }
        if node.names[format] == level {
            return Some(vec![position]);
        }
        let mut below = find_level(children(node), level, format).filter(|_| node.names[format].is_empty())?;
        below.insert(0, position);
        Some(below)
    })
}

/// Whether the end of the group that `groups` lead to is also the end of its `own`th level, as the format sees it: the groups
/// in between have no name in it, and nothing that has one comes after them.
fn is_last(tree: &[Node], groups: &[usize], own: usize, format: usize) -> bool {
    let mut here = tree;
    for (depth, &position) in groups.iter().enumerate() {
        if depth >= own {
            let after = &here[position + 1..];
            if !here[position].names[format].is_empty() || after.iter().any(|node| node.is_in(format)) {
                return false;
            }
        }
        here = children(&here[position]);
    }
    true
}

fn children(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Group { children, .. } => children,
        Kind::Field(_) => &[],
    }
}

/// Puts the field `index` at `place`, with the levels that are not there yet.
fn insert(tree: &mut Vec<Node>, place: &Place, paths: &Paths<'_>, formats: &[usize], index: usize) {
    let has = |format: usize| formats.contains(&format);
    let json_levels = if has(JSON) { paths.levels(JSON) } else { &[] };
    if let Some(array) = paths.array.filter(|_| has(JSON)) {
        mark_array(tree, &place.groups, array);
    }
    let mut here = tree;
    for &position in &place.groups {
        match &mut here[position].kind {
            Kind::Group { children, .. } => here = children,
            Kind::Field(_) => unreachable!("a place leads through groups"),
        }
    }
    let xml_rest = if has(XML) { &paths.levels(XML)[place.known[XML]..] } else { &[] };
    let json_rest = &json_levels[place.known[JSON]..];
    let mut depth = place.known[JSON];
    for (xml, json) in pair(xml_rest, json_rest) {
        let json_array = !json.is_empty() && paths.array == Some(depth);
        depth += usize::from(!json.is_empty());
        let kind = Kind::Group { json_array, children: Vec::new() };
        here.push(Node { names: [xml, json, String::new()], kind });
        match &mut here.last_mut().expect("one was pushed").kind {
            Kind::Group { children, .. } => here = children,
            Kind::Field(_) => unreachable!("a group was pushed"),
        }
    }
    let names = [XML, JSON, CSV].map(|format| if has(format) { paths.last(format) } else { String::new() });
    here.push(Node { names, kind: Kind::Field(index) });
}

/// Marks the `array`th JSON level among `groups` as an array.
fn mark_array(tree: &mut [Node], groups: &[usize], array: usize) {
    let mut depth = 0;
    let mut here = tree;
    for &position in groups {
        let node = &mut here[position];
        let is_level = !node.names[JSON].is_empty();
        let Kind::Group { json_array, children } = &mut node.kind else { return };
        *json_array |= is_level && depth == array;
        depth += usize::from(is_level);
        here = children;
    }
}

/// Levels of two formats put together: those with the same name, and else the innermost with the innermost.
fn pair(xml: &[String], json: &[String]) -> Vec<(String, String)> {
    let common = xml.iter().enumerate().find_map(|(at, name)| {
        let other = json.iter().position(|other| other == name)?;
        Some((at, other))
    });
    let Some((at, other)) = common else {
        let shared = xml.len().min(json.len());
        let (xml_only, xml_shared) = xml.split_at(xml.len() - shared);
        let (json_only, json_shared) = json.split_at(json.len() - shared);
        return (xml_only.iter().map(|name| (name.clone(), String::new())))
            .chain(json_only.iter().map(|name| (String::new(), name.clone())))
            .chain(xml_shared.iter().cloned().zip(json_shared.iter().cloned()))
            .collect();
    };
    let mut pairs = pair(&xml[..at], &json[..other]);
    pairs.push((xml[at].clone(), json[other].clone()));
    pairs.extend(pair(&xml[at + 1..], &json[other + 1..]));
    pairs
}

#[cfg(test)]
mod tests;
