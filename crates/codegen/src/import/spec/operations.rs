//! Which operations become commands: those whose requests a spec can say.

use super::super::model::{Body, Content, Message, Operation, Place, Service, Style, Type, TypeKind, TypeRef, Usage};
use super::super::names::{QName, quoted};
use super::super::report::Report;
use super::super::schemas::in_words;
use super::names::Commands;
use super::patterns;
use super::slots::{self, Slot};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An operation that becomes a command.
#[derive(Debug)]
pub struct Kept<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The command's key.
    pub key: String,
    /// Its name for Rust, where that is another.
    pub rust: Option<String>,
    /// The element of its request.
    pub element: &'a QName,
    /// What stands in the request.
    pub request: Vec<Slot<'a>>,
    /// The element of its reply; nothing where it is not known.
    pub root: Option<&'a QName>,
    /// What stands in the reply.
    pub reply: Vec<Slot<'a>>,
    /// The types of both elements.
    pub types: Vec<&'a Type>,
}

/// All of them, and what they have in common.
#[derive(Debug)]
pub struct Binding<'a> {
    /// The operations in order.
    pub kept: Vec<Kept<'a>>,
    /// Whether values are encoded.
    pub encoded: bool,
    /// The namespace of requests.
    pub namespace: &'a str,
    /// The header SOAPAction, with `{command}`.
    pub action: String,
    /// The element of a request, with `{command}`.
    pub request: String,
    /// The element of a reply, with `{command}`.
    pub response: String,
}

/// Chooses the operations, and tells which are left out and why.
pub fn choose<'a>(service: &'a Service, report: &mut Report) -> Binding<'a> {
    let mut all: Vec<(bool, Kept<'a>)> = Vec::new();
    let mut names = Commands::default();
    for operation in &service.operations {
        match read(service, operation, report) {
            Ok(found) => all.push((operation.style == Style::Rpc && operation.input.usage == Usage::Encoded, found)),
            Err(why) => left_out(operation, &why, report),
        }
    }
    let (encoded, namespace) = most(&all);
    all.retain(|(own, found)| {
        let why = if *own != encoded {
            format!("it is {}, and most others are not", if *own { "encoded" } else { "literal" })
        } else if found.element.namespace != namespace {
            let (own, others) = (in_words(&found.element.namespace), in_words(namespace));
            format!("its request is of {own}, and most others of {others}")
        } else {
            return true;
        };
        left_out(found.operation, &why, report);
        false
    });
    let mut kept: Vec<Kept<'a>> = all.into_iter().map(|(_, found)| found).collect();
    for found in &mut kept {
        found.key = names.key(&found.operation.name);
        if found.key != found.operation.name {
            let what = format!("the operation {} is the command `{}`", quoted(&found.operation.name), found.key);
            report.add(&found.operation.at, what);
        }
    }
    for found in &mut kept {
        found.rust = names.rust(&found.key);
    }
    let requests = kept.iter().map(|found| (found.key.as_str(), found.element.local.as_str()));
    let replies = kept.iter().filter_map(|found| Some((found.key.as_str(), found.root?.local.as_str())));
    let actions = kept.iter().map(|found| (found.key.as_str(), found.operation.action.as_str()));
    let default = if encoded { "{command}" } else { "{command}Request" };
    let request = patterns::of_names(requests).unwrap_or_else(|| default.to_owned());
    let response = patterns::of_names(replies).unwrap_or_else(|| "{command}Response".to_owned());
    let action = patterns::of_texts(actions);
    for found in &kept {
        let sent = patterns::filled(&action, &found.key);
        if sent != found.operation.action {
            let (name, own) = (quoted(&found.operation.name), quoted(&found.operation.action));
            let what = format!("the action of {name} is {own}, and {} is sent", quoted(&sent));
            report.add(&found.operation.at, what);
        }
    }
    Binding { kept, encoded, namespace, action, request, response }
}

fn left_out(operation: &Operation, why: &str, report: &mut Report) {
    report.add(&operation.at, format!("the operation {} is left out: {why}", quoted(&operation.name)));
}

/// What most operations have in common; of several the first.
fn most<'a>(all: &[(bool, Kept<'a>)]) -> (bool, &'a str) {
    let mut counts: BTreeMap<(bool, &str), (usize, usize)> = BTreeMap::new();
    for (index, (encoded, found)) in all.iter().enumerate() {
        counts.entry((*encoded, found.element.namespace.as_str())).or_insert((0, index)).0 += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, (count, first))| (*count, Reverse(*first)));
    most.map_or((false, ""), |(key, _)| key)
}

/// Request and reply of an operation.
///
/// # Errors
/// Why a spec cannot say them.
fn read<'a>(service: &'a Service, operation: &'a Operation, report: &mut Report) -> Result<Kept<'a>, String> {
    let Some(output) = &operation.output else {
        return Err("it is not answered, and a command is".to_owned());
    };
    let (element, request, mut types) = match &operation.input.body {
        Body::Empty => return Err("its request has no element".to_owned()),
        Body::Wrapper { name, parts } => {
            (name, parts.iter().map(|part| Slot::of_part(part, &operation.at)).collect(), Vec::new())
        }
        Body::Element(part) => {
            let Some(element) = &part.element else { return Err("its request has no element".to_owned()) };
            let (ty, slots) = within(service, &part.ty, report).ok_or_else(|| {
                format!("its request {} holds a text or anything, and a request has params", quoted(&element.local))
            })?;
            (element, slots, vec![ty])
        }
    };
    if element.namespace.is_empty() {
        return Err(format!("its request {} is of no namespace", quoted(&element.local)));
    }
    let (root, reply, of_reply) = reply(service, operation, output, report);
    types.extend(of_reply);
    let (key, rust) = (String::new(), None);
    Ok(Kept { operation, key, rust, element, request, root, reply, types })
}

/// The element of the reply, what stands in it, and its type.
type Reply<'a> = (Option<&'a QName>, Vec<Slot<'a>>, Option<&'a Type>);

fn reply<'a>(service: &'a Service, operation: &'a Operation, output: &'a Message, report: &mut Report) -> Reply<'a> {
    let name = quoted(&operation.name);
    match &output.body {
        Body::Empty => {
            report.add(&operation.at, format!("the reply of {name} has no element, and none is known for it"));
            (None, Vec::new(), None)
        }
        Body::Wrapper { name, parts } => {
            (Some(name), parts.iter().map(|part| Slot::of_part(part, &operation.at)).collect(), None)
        }
        Body::Element(part) => match within(service, &part.ty, report) {
            Some((ty, slots)) => (part.element.as_ref(), slots, Some(ty)),
            None => {
                report.add(&operation.at, format!("the reply of {name} holds a text or anything, which is not read"));
                (part.element.as_ref(), Vec::new(), None)
            }
        },
    }
}

/// What stands in the element of a request or a reply, where it is of elements.
fn within<'a>(service: &'a Service, ty: &TypeRef, report: &mut Report) -> Option<(&'a Type, Vec<Slot<'a>>)> {
    let TypeRef::Named(name) = ty else { return None };
    let ty = service.types.get(name)?;
    let TypeKind::Complex(complex) = &ty.kind else { return None };
    if complex.content == Content::Simple {
        return None;
    }
    tell(ty, report);
    let (slots, doubles) = slots::of_type(complex);
    for slot in doubles {
        let what = format!("{} stands twice, in two namespaces; the first is taken", quoted(slot.name));
        report.add(slot.at, what);
    }
    Some((ty, slots))
}

/// Tells what a type says that a spec cannot.
pub fn tell(ty: &Type, report: &mut Report) {
    let TypeKind::Complex(complex) = &ty.kind else { return };
    let name = quoted(&ty.name.local);
    let mut add = |at: &Place, what: String| report.add(at, what);
    if !complex.choices.is_empty() {
        add(&ty.at, format!("{name} has a choice between elements; each is optional, and none excludes another"));
    }
    if complex.open {
        add(&ty.at, format!("{name} may hold elements that it does not name; they are not read, and not sent"));
    }
    if complex.open_attributes {
        add(&ty.at, format!("{name} may have attributes that it does not name; they are not read, and not sent"));
    }
}
