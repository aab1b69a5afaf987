//! What no spec describes: params beyond those of a command, and replies taken as they come.

use super::{Command, CommandInfo, Effect, Spends};
use crate::{AsFormat, Leaf, Query, Record, RequestError, Shape, Speaks, Text};
use std::fmt;

/// Params that no spec describes, in the order in which they were added.
///
/// Debug shows the names alone of those that are secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OpenParams(Vec<OpenParam>);

#[derive(Clone, PartialEq, Eq)]
struct OpenParam {
    name: Text,
    value: Text,
    secret: bool,
}

impl OpenParams {
    /// Adds a param; `name` is as sent, with its index if it has one.
    pub fn push(&mut self, name: impl Into<Text>, value: impl Into<Text>) {
        self.0.push(OpenParam { name: name.into(), value: value.into(), secret: false });
    }

    /// Adds a param whose value is never printed.
    pub fn push_secret(&mut self, name: impl Into<Text>, value: impl Into<Text>) {
        self.0.push(OpenParam { name: name.into(), value: value.into(), secret: true });
    }

    /// Puts all of them.
    ///
    /// # Errors
    /// When a param of the same name is there already.
    pub fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        self.0.iter().try_for_each(|param| query.extra(&param.name, &param.value, param.secret))
    }
}

impl fmt::Debug for OpenParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |param: &OpenParam| if param.secret { Text::from("<redacted>") } else { param.value.clone() };
        f.debug_map().entries(self.0.iter().map(|param| (&param.name, shown(param)))).finish()
    }
}

/// A command with params that the spec does not have; see [`Command::extra`].
#[derive(Debug, Clone, PartialEq)]
pub struct WithExtra<C> {
    /// The command itself.
    pub command: C,
    extra: OpenParams,
}

impl<C> WithExtra<C> {
    pub(super) fn new(command: C) -> Self {
        Self { command, extra: OpenParams::default() }
    }

    /// Adds another param.
    pub fn extra(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.extra.push(name, value);
        self
    }

    /// Adds another param whose value is never printed.
    pub fn extra_secret(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.extra.push_secret(name, value);
        self
    }
}

impl<C: Command> Command for WithExtra<C> {
    type Reply = C::Reply;
    const INFO: &'static CommandInfo = C::INFO;

    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        self.command.write(query)?;
        self.extra.write(query)
    }

    fn name(&self) -> &str {
        self.command.name()
    }

    fn effect(&self) -> Effect {
        self.command.effect()
    }
}

impl<F: AsFormat, C: Speaks<F>> Speaks<F> for WithExtra<C> {}

impl<C: Spends> Spends for WithExtra<C> {}

/// A reply that has nothing but what every reply has: code, status and error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusReply {}

impl StatusReply {
    /// A shape without names.
    pub const SHAPE: &'static Shape = &Shape { name: "StatusReply", nodes: &[] };
}

impl Record for StatusReply {
    fn shape(&self) -> &'static Shape {
        Self::SHAPE
    }

    fn leaf(&self, _: u16) -> Option<&dyn Leaf> {
        None
    }

    fn leaf_mut(&mut self, _: u16) -> Option<&mut dyn Leaf> {
        None
    }
}

/// A reply that no spec describes: everything that came, by its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReply {
    /// Names and what stood under them, in the order of the body. A name of which there are several stands several times, an
    /// attribute has an `@` before its name, and a text that stands directly in the reply an empty name.
    pub fields: Vec<(Text, Tree)>,
}

/// What stood under a name of an [`OpenReply`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// A text.
    Text(Text),
    /// More names. The items of a list stand under the list's name, each on its own.
    Level(Vec<(Text, Tree)>),
}

/// One place in memory, since the engine knows an open reply by it.
static OPEN: Shape = Shape { name: "OpenReply", nodes: &[] };

impl OpenReply {
    /// A shape without names.
    pub const SHAPE: &'static Shape = &OPEN;

    /// Whether `shape` is that of a reply, or of a record in one, that no spec describes.
    pub(crate) fn is_shape(shape: &Shape) -> bool {
        std::ptr::eq(shape, Self::SHAPE)
    }

    /// The first text under the names of `path`, with `/` between them.
    pub fn text(&self, path: &str) -> Option<&str> {
        let mut fields = &self.fields;
        let mut names = path.split('/').peekable();
        while let Some(name) = names.next() {
            let (_, tree) = fields.iter().find(|(known, _)| *known == name)?;
            match tree {
                Tree::Text(text) => return names.peek().is_none().then_some(text),
                Tree::Level(below) => fields = below,
            }
        }
        None
    }
}

impl Record for OpenReply {
    fn shape(&self) -> &'static Shape {
        Self::SHAPE
    }

    fn leaf(&self, _: u16) -> Option<&dyn Leaf> {
        None
    }

    fn leaf_mut(&mut self, _: u16) -> Option<&mut dyn Leaf> {
        None
    }

    fn open_fields(&mut self) -> Option<&mut Vec<(Text, Tree)>> {
        Some(&mut self.fields)
    }

    fn fields(&self) -> Option<&[(Text, Tree)]> {
        Some(&self.fields)
    }
}
