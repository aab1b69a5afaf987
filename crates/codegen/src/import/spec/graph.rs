//! Which types requests and replies lead to, and where that would go round in a circle, which a spec cannot say.

use super::super::limits;
use super::super::model::{Complex, Type, TypeKind, Types};
use super::super::names::QName;
use super::meaning::{self, Kind};
use super::slots::{self, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// An edge: the type, and the name of its element.
type Edge<'a> = (&'a QName, &'a str);

/// The records that are reached.
#[derive(Debug, Default)]
pub struct Graph<'a> {
    /// Elements that would lead back to a type that they stand in.
    pub cut: BTreeSet<Edge<'a>>,
    /// Records that stand in requests.
    pub requested: BTreeSet<&'a QName>,
    /// Records that stand anywhere.
    pub used: BTreeSet<&'a QName>,
}

/// A record that is being looked through.
struct Open<'a> {
    ty: &'a Type,
    edges: Vec<(Edge<'a>, &'a Type)>,
    next: usize,
    height: usize,
}

/// What is known of a record.
#[derive(Clone, Copy)]
enum State {
    Open,
    Done(usize),
}

impl<'a> Graph<'a> {
    /// The records that slots of requests and of replies lead to.
    ///
    /// # Errors
    /// A type in which records stand within each other without reasonable end.
    pub fn new(types: &'a Types, requests: &[Slot<'a>], replies: &[Slot<'a>]) -> Result<Self, &'a Type> {
        let mut graph = Self::default();
        let mut states = BTreeMap::new();
        for root in requests.iter().chain(replies).filter_map(|slot| record(types, slot)) {
            graph.walk(types, root, &mut states)?;
        }
        graph.requested = graph.reached(types, requests);
        graph.used = graph.reached(types, replies);
        let requested: Vec<&QName> = graph.requested.iter().copied().collect();
        graph.used.extend(requested);
        Ok(graph)
    }

    /// Looks through a record and what it leads to, without recursion: a description may nest as deep as it likes.
    fn walk(
        &mut self,
        types: &'a Types,
        root: &'a Type,
        states: &mut BTreeMap<&'a QName, State>,
    ) -> Result<(), &'a Type> {
        if states.contains_key(&root.name) {
            return Ok(());
        }
        states.insert(&root.name, State::Open);
        let mut path = vec![open(types, root)];
        while let Some(top) = path.last_mut() {
            let Some((edge, ty)) = top.edges.get(top.next).copied() else {
                let (name, height) = (&top.ty.name, top.height);
                if height > limits::RECORDS {
                    return Err(top.ty);
                }
                states.insert(name, State::Done(height));
                path.pop();
                if let Some(above) = path.last_mut() {
                    above.height = above.height.max(height + 1);
                }
                continue;
            };
            top.next += 1;
            match states.get(&ty.name) {
                Some(State::Open) => {
                    self.cut.insert(edge);
                }
                Some(State::Done(height)) => top.height = top.height.max(height + 1),
                None => {
                    states.insert(&ty.name, State::Open);
                    path.push(open(types, ty));
                }
            }
        }
        Ok(())
    }

    fn reached(&self, types: &'a Types, from: &[Slot<'a>]) -> BTreeSet<&'a QName> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<&Type> = from.iter().filter_map(|slot| record(types, slot)).collect();
        while let Some(ty) = waiting.pop() {
            if found.insert(&ty.name) {
                let open = edges(types, ty).into_iter().filter(|(edge, _)| !self.cut.contains(edge));
                waiting.extend(open.map(|(_, ty)| ty));
            }
        }
        found
    }
}

fn open<'a>(types: &'a Types, ty: &'a Type) -> Open<'a> {
    Open { ty, edges: edges(types, ty), next: 0, height: 0 }
}

fn edges<'a>(types: &'a Types, ty: &'a Type) -> Vec<(Edge<'a>, &'a Type)> {
    let Some(complex) = complex(ty) else { return Vec::new() };
    let (slots, _) = slots::of_type(complex);
    slots.iter().filter_map(|slot| Some(((&ty.name, slot.name), record(types, slot)?))).collect()
}

/// The elements and attributes of a type.
pub fn complex(ty: &Type) -> Option<&Complex> {
    match &ty.kind {
        TypeKind::Complex(complex) => Some(complex),
        TypeKind::Simple(_) | TypeKind::Array(_) => None,
    }
}

fn record<'a>(types: &'a Types, slot: &Slot<'a>) -> Option<&'a Type> {
    match meaning::of(types, slot).kind {
        Kind::Record(ty) => Some(ty),
        _ => None,
    }
}
