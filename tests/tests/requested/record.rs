//! Records as generated code has them, for types that are only known from a spec.

use super::{Amount, Value, fields, of_field, wire};
use bindwire_codegen::model::{Api, Field, FieldKind};
use bindwire_wire::{Child, FlagStyle, Leaf, Node, Record, Shape, Text};

/// A record that is filled already.
pub struct Filled {
    shape: &'static Shape,
    leaves: Vec<Box<dyn Leaf>>,
    children: Vec<List>,
}

/// Records in a record or a request: none, one or more.
pub struct List(pub Vec<Filled>);

impl Record for Filled {
    fn shape(&self) -> &'static Shape {
        self.shape
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        self.leaves.get(usize::from(id)).map(|leaf| &**leaf)
    }

    fn leaf_mut(&mut self, _: u16) -> Option<&mut dyn Leaf> {
        None
    }

    fn child(&self, id: u16) -> Option<&dyn Child> {
        self.children.get(usize::from(id)).map(|list| list as &dyn Child)
    }
}

impl Child for List {
    fn enter(&mut self) -> &mut dyn Record {
        panic!("nothing is read into what was filled")
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        self.0.get(index).map(|record| record as &dyn Record)
    }

    fn get_mut(&mut self, _: usize) -> Option<&mut dyn Record> {
        None
    }

    fn item_size(&self) -> usize {
        size_of::<Filled>()
    }
}

/// So many records of a type.
pub fn records(api: &Api, name: &str, amount: Amount, count: usize) -> Vec<Filled> {
    let shape = shape(api, name);
    (0..count).map(|_| filled(api, name, shape, amount)).collect()
}

fn filled(api: &Api, name: &str, shape: &'static Shape, amount: Amount) -> Filled {
    let mut record = Filled { shape, leaves: Vec::new(), children: Vec::new() };
    for field in fields(api, name) {
        let count = amount.of(field.many, !field.optional);
        match &field.kind {
            FieldKind::Record(name) => record.children.push(List(records(api, name, amount, count))),
            _ => record.leaves.push(leaf(api, field, count)),
        }
    }
    record
}

/// A field that is no record, as generated code has it.
fn leaf(api: &Api, field: &Field, count: usize) -> Box<dyn Leaf> {
    if field.many {
        let texts: Vec<Text> = (0..count).map(|index| of_field(api, field, index).written().into()).collect();
        return Box::new(texts);
    }
    match (of_field(api, field, 0), count > 0) {
        (Value::Text(text), is_there) => Box::new(if is_there { text } else { Text::default() }),
        (Value::Secret(secret), is_there) => Box::new(is_there.then_some(secret)),
        (Value::Number(number), is_there) => Box::new(is_there.then_some(number)),
        (Value::Decimal(decimal), is_there) => Box::new(is_there.then_some(decimal)),
        (Value::Date(date), is_there) => Box::new(is_there.then_some(date)),
        (Value::Flag(flag), is_there) => Box::new(is_there.then_some(flag)),
    }
}

/// The table of a record's names.
fn shape(api: &Api, name: &str) -> &'static Shape {
    let (mut leaves, mut children) = (0, 0);
    let mut nodes = Vec::new();
    for field in fields(api, name) {
        let (own, wire): (&'static str, &'static str) = (field.name.clone().leak(), wire(field).to_owned().leak());
        let mut node = if let FieldKind::Record(inner) = &field.kind {
            children += 1;
            let inner = shape(api, inner);
            let make = if field.many { Node::list } else { Node::one };
            make(children - 1, own, wire, inner)
        } else {
            leaves += 1;
            let leaf = Node::leaf(leaves - 1, own, wire).flag([FlagStyle::TrueFalse; 3]);
            if field.many { leaf.many() } else { leaf }
        };
        if field.optional {
            node = node.optional();
        }
        nodes.push(node);
    }
    Box::leak(Box::new(Shape { name: name.to_owned().leak(), nodes: nodes.leak() }))
}
