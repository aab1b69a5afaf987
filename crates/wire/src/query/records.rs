//! Records in requests: what the table of a record's names says, written with the names above it.

use super::{Pair, Query, RequestError, RequestErrorKind, Sort, xsd_of_flag};
use crate::shape::{Node, NodeKind};
use crate::{Child, DomainName, Format, LeafKind, LeafSpec, ParamValue, Record};

/// What an item of an encoded list is called.
pub(super) const ITEM: &str = "item";

impl Query {
    /// Puts a record if there is one.
    ///
    /// # Errors
    /// When something in it that must be there is not.
    pub fn record(&mut self, name: &str, child: &dyn Child) -> Result<(), RequestError> {
        match child.get(0) {
            Some(record) => self.put_record(name.to_owned(), name.len(), record),
            None => {
                self.absent(name);
                Ok(())
            }
        }
    }

    /// Puts each record of a list.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn records(&mut self, name: &str, list: &dyn Child) -> Result<(), RequestError> {
        let Some(kind) = list.get(0).map(|record| record.shape().name) else {
            self.absent(name);
            return Ok(());
        };
        self.put_level(name.to_owned(), name.len(), Sort::List(list.len(), kind.into()));
        for (index, record) in (0..list.len()).filter_map(|index| Some((index, list.get(index)?))) {
            self.put_record(format!("{name}[{index}]"), name.len(), record)?;
        }
        Ok(())
    }

    /// Puts each value of a list; nothing if there are none.
    pub fn many(&mut self, name: &str, values: &[impl ParamValue]) {
        let Some(xsd) = values.first().map(ParamValue::xsd) else { return self.absent(name) };
        self.put_level(name.to_owned(), name.len(), Sort::List(values.len(), xsd.into()));
        for (index, value) in values.iter().enumerate() {
            let mut text = String::new();
            value.write(&mut text);
            self.put_value(format!("{name}[{index}]"), name.len(), text, value.is_secret(), value.xsd());
        }
    }

    /// How many items the last list has that stands in no record.
    pub fn items(&self) -> usize {
        let lists = self.pairs.iter().rev().filter(|pair| !pair.name.contains('/'));
        let count = |pair: &Pair| match pair.sort {
            Sort::List(count, _) => Some(count),
            _ => None,
        };
        lists.into_iter().find_map(count).unwrap_or(0)
    }

    /// Adds values to the record called `name`, which is put before all else where it is not there: names in the order of the
    /// schema, what stands under each that the record has not, and whether that is secret.
    pub fn fill_record(&mut self, name: &str, values: &[(&str, Option<&str>, bool)]) {
        let start = self.pairs.iter().position(|pair| pair.name == name && pair.is_record());
        let within = |pair: &Pair| pair.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        let mut own = Vec::new();
        let at = match start {
            Some(start) => {
                let end = start + 1 + self.pairs[start + 1..].iter().take_while(|pair| within(pair)).count();
                own.extend(self.pairs.drain(start..end));
                start
            }
            None => 0,
        };
        let mut filled = match own.is_empty() {
            true => vec![Pair::level(name.to_owned(), name.len(), Sort::Record("".into()))],
            false => vec![own.remove(0)],
        };
        for (wire, value, secret) in values {
            let path = join(name, wire);
            let before = own.len();
            filled.extend(own.extract_if(.., |pair| pair.name == path));
            if let Some(value) = value.filter(|_| own.len() == before) {
                filled.push(Pair::value(path.clone(), path.len(), value.to_owned(), *secret, "string"));
            }
        }
        filled.extend(own);
        if filled.len() > 1 {
            self.pairs.splice(at..at, filled);
        }
    }

    fn put_record(&mut self, path: String, base: usize, record: &dyn Record) -> Result<(), RequestError> {
        let shape = record.shape();
        self.put_level(path.clone(), base, Sort::Record(shape.name.into()));
        self.put_nodes(&path, record, shape.nodes)
    }

    /// Puts what stands in a record, or on a level of it.
    fn put_nodes(&mut self, path: &str, record: &dyn Record, nodes: &'static [Node]) -> Result<(), RequestError> {
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            at += 1;
            let name = node.name(Format::Xml);
            match node.kind {
                NodeKind::Group { len } => {
                    let inner = nodes.get(at..at + usize::from(len)).unwrap_or_default();
                    at += usize::from(len);
                    self.put_group(path, name, record, inner)?;
                }
                _ if name.is_empty() => {}
                NodeKind::Leaf { id, spec } => self.put_leaf(&join(path, name), node, record, id, &spec)?,
                NodeKind::Child { id, many, .. } => self.put_child(&join(path, name), node, record, id, many)?,
            }
        }
        Ok(())
    }

    /// A level of names, unless nothing stands in it. One that holds a list of items and nothing else is the list itself.
    fn put_group(
        &mut self,
        path: &str,
        name: &str,
        record: &dyn Record,
        inner: &'static [Node],
    ) -> Result<(), RequestError> {
        if name.is_empty() {
            return self.put_nodes(path, record, inner);
        }
        let path = join(path, name);
        if let [item] = inner
            && item.name(Format::Xml).eq_ignore_ascii_case(ITEM)
        {
            return match item.kind {
                NodeKind::Leaf { id, spec } => self.put_leaf(&path, item, record, id, &spec),
                NodeKind::Child { id, many, .. } => self.put_child(&path, item, record, id, many),
                NodeKind::Group { .. } => Ok(()),
            };
        }
        let before = self.pairs.len();
        self.put_level(path.clone(), path.len(), Sort::Record("".into()));
        self.put_nodes(&path, record, inner)?;
        if self.pairs.len() == before + 1 {
            self.pairs.pop();
        }
        Ok(())
    }

    fn put_leaf(
        &mut self,
        path: &str,
        node: &Node,
        record: &dyn Record,
        id: u16,
        spec: &LeafSpec,
    ) -> Result<(), RequestError> {
        let Some(leaf) = record.leaf(id) else { return Ok(()) };
        let xsd = xsd(leaf.kind(), spec);
        if spec.many && !leaf.is_empty() {
            self.put_level(path.to_owned(), path.len(), Sort::List(leaf.len(), xsd.into()));
        }
        let mut there = false;
        for index in 0..leaf.len() {
            let mut text = String::new();
            if !leaf.write(index, spec, Format::Xml, &mut text) || (text.is_empty() && !spec.many) {
                continue;
            }
            if matches!(leaf.kind(), LeafKind::Date) {
                // XML Schema has dates as ISO 8601 does, which replies of other APIs do not.
                text = text.replace('/', "-");
            }
            if leaf.kind() == LeafKind::Domain {
                // A request has the ASCII form, as a param does.
                text = DomainName::from(text).ascii().into_owned();
            }
            there = true;
            let name = if spec.many { format!("{path}[{index}]") } else { path.to_owned() };
            let secret = spec.secret || matches!(leaf.kind(), LeafKind::Secret);
            self.put_value(name, path.len(), text, secret, xsd);
        }
        if there || node.optional { Ok(()) } else { Err(self.lacks(path)) }
    }

    fn put_child(
        &mut self,
        path: &str,
        node: &Node,
        record: &dyn Record,
        id: u16,
        many: bool,
    ) -> Result<(), RequestError> {
        let Some(child) = record.child(id) else { return Ok(()) };
        if child.is_empty() && !node.optional {
            return Err(self.lacks(path));
        }
        if many { self.records(path, child) } else { self.record(path, child) }
    }

    fn put_level(&mut self, name: String, base: usize, sort: Sort) {
        self.pairs.push(Pair::level(name, base, sort));
    }

    fn put_value(&mut self, name: String, base: usize, value: String, secret: bool, xsd: &'static str) {
        self.pairs.push(Pair::value(name, base, value, secret, xsd));
    }

    fn lacks(&self, path: &str) -> RequestError {
        self.error(RequestErrorKind::Missing, path, format_args!("param `{path}` is required, but no value was given"))
    }
}

fn join(path: &str, name: &str) -> String {
    format!("{path}/{name}")
}

/// The type of XML Schema that a leaf's text has.
fn xsd(kind: LeafKind, spec: &LeafSpec) -> &'static str {
    match kind {
        LeafKind::Int => "int",
        LeafKind::Decimal => "double",
        LeafKind::Flag => xsd_of_flag(spec.flag[Format::Xml.index()]),
        _ => "string",
    }
}
