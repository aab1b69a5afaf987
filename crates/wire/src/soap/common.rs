//! What every reply of an API has beside its own leaves and children: the job's number and the messages.

use crate::command::{OpenReply, Tree};
use crate::decode::names::same_name;
use crate::decode::tape::{self, ApplyNotes, Cell, Step};
use crate::shape::{NodeKind, SoapShape};
use crate::{
    Child, Common, Format, Head, Leaf, LeafKind, LeafSpec, Message, NoteKind, Plain, Record, Shape, Text, Unparsed,
};

/// The job's number and the messages of a reply.
#[derive(Debug, Clone, Default)]
pub(crate) struct CommonFields {
    job: Job,
    messages: Vec<Message>,
}

/// The job's number: the first counts.
#[derive(Debug, Clone, Default)]
struct Job(Option<Text>);

/// A reply with what it has beside its own.
pub(crate) struct WithCommon<'v> {
    /// The reply itself; none where its value is of no use.
    pub value: Option<&'v mut dyn Record>,
    pub common: &'v mut CommonFields,
}

impl CommonFields {
    /// Gives the head what was read.
    pub fn give(&mut self, head: &mut Head) {
        head.job = self.job.0.take().filter(|job| !job.is_empty());
        head.messages = std::mem::take(&mut self.messages);
    }

    /// Reads the first cells of a tape, when they are of this.
    pub fn take(&mut self, node: u16, shape: &'static Shape, cells: &[Cell<'_>]) {
        let is_common = |id: u16| matches!(id, Common::JOB | Common::MESSAGES);
        let ours = shape.nodes.get(usize::from(node)).is_some_and(|node| match node.kind {
            NodeKind::Leaf { id, .. } | NodeKind::Child { id, .. } => is_common(id),
            NodeKind::Group { .. } => false,
        });
        if ours {
            tape::apply(&mut WithCommon { value: None, common: self }, shape, cells, &mut 0, None, &mut Silent);
        }
    }

    /// Reads what stands among the fields of a reply that no spec describes.
    pub fn take_tree(&mut self, soap: &SoapShape, fields: &[(Text, Tree)]) {
        let called = |id: u16| {
            soap.common.iter().find(move |node| match node.kind {
                NodeKind::Leaf { id: own, .. } | NodeKind::Child { id: own, .. } => own == id,
                NodeKind::Group { .. } => false,
            })
        };
        let is = |node: &crate::Node, name: &str| {
            same_name(node.name(Format::Xml), name) || node.aliases.iter().any(|alias| same_name(alias, name))
        };
        for (name, tree) in fields {
            match tree {
                Tree::Text(text) if called(Common::JOB).is_some_and(|node| is(node, name)) => {
                    self.job.0.get_or_insert_with(|| text.clone());
                }
                Tree::Level(below) => {
                    let Some(node) = called(Common::MESSAGES).filter(|node| is(node, name)) else { continue };
                    let NodeKind::Child { shape, .. } = node.kind else { continue };
                    let mut message = Message::default();
                    for (name, tree) in below {
                        let leaf = shape.nodes.iter().find(|node| is(node, name)).map(|node| node.kind);
                        if let (Some(NodeKind::Leaf { id, spec }), Tree::Text(text)) = (leaf, tree)
                            && let Some(leaf) = message.leaf_mut(id)
                        {
                            // Every text is one.
                            let _ = leaf.read(text, &spec);
                        }
                    }
                    self.messages.push(message);
                }
                Tree::Text(_) => {}
            }
        }
    }
}

struct Silent;

impl ApplyNotes for Silent {
    fn note(&mut self, _: NoteKind, _: &[Step], _: &Cell<'_>) {}
}

impl Leaf for Job {
    fn read(&mut self, text: &str, _: &LeafSpec) -> Result<(), Unparsed> {
        match &self.0 {
            Some(first) if *first != *text => return Err(Unparsed),
            _ => self.0 = Some(Text::new(text)),
        }
        Ok(())
    }

    fn write(&self, _: usize, _: &LeafSpec, _: Format, out: &mut String) -> bool {
        out.push_str(self.0.as_deref().unwrap_or_default());
        self.0.is_some()
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(self.0.as_deref().unwrap_or_default())
    }

    fn kind(&self) -> LeafKind {
        LeafKind::Text
    }
}

impl Record for WithCommon<'_> {
    fn shape(&self) -> &'static Shape {
        self.value.as_ref().map_or(OpenReply::SHAPE, |value| value.shape())
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        match id {
            Common::JOB => Some(&self.common.job),
            _ => self.value.as_ref()?.leaf(id),
        }
    }

    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> {
        match id {
            Common::JOB => Some(&mut self.common.job),
            _ => self.value.as_mut()?.leaf_mut(id),
        }
    }

    fn child(&self, id: u16) -> Option<&dyn Child> {
        match id {
            Common::MESSAGES => Some(&self.common.messages),
            _ => self.value.as_ref()?.child(id),
        }
    }

    fn child_mut(&mut self, id: u16) -> Option<&mut dyn Child> {
        match id {
            Common::MESSAGES => Some(&mut self.common.messages),
            _ => self.value.as_mut()?.child_mut(id),
        }
    }

    fn open_fields(&mut self) -> Option<&mut Vec<(Text, Tree)>> {
        self.value.as_mut()?.open_fields()
    }

    fn fields(&self) -> Option<&[(Text, Tree)]> {
        self.value.as_ref()?.fields()
    }
}
