//! Sequences, choices and groups: the elements of a type in one list, with how often each stands.

use super::super::limits;
use super::super::model::{Alternative, Content, Field, FieldKind};
use super::super::names::{self, quoted};
use super::super::schemas::{Component, Kind, form};
use super::super::xml::Node;
use super::shape::{Added, Occurs, Shape, weight};
use super::{Maker, documentation, local_name};

/// Where members of a group stand.
#[derive(Debug, Clone, Copy)]
struct Around {
    /// How often, in all.
    occurs: Occurs,
    /// How often, within the alternative.
    relative: Occurs,
    /// The alternative.
    alternative: Option<(usize, usize)>,
}

impl Around {
    const TYPE: Self = Self { occurs: Occurs::ONCE, relative: Occurs::ONCE, alternative: None };

    /// Within something that occurs so often.
    fn within(self, own: Occurs) -> Self {
        Self { occurs: own.times(self.occurs), relative: own.times(self.relative), ..self }
    }

    fn alternative(self, own: Occurs) -> Option<Alternative> {
        let required = own.times(self.relative).min > 0;
        self.alternative.map(|(choice, number)| Alternative { choice, number, required })
    }
}

const MODELS: [&str; 4] = ["sequence", "choice", "all", "group"];
const PARTICLES: [&str; 6] = ["element", "any", "sequence", "choice", "all", "group"];

impl<'a> Maker<'a, '_> {
    /// The elements that stand in a type, or in an extension or restriction of one.
    pub(super) fn model(&mut self, component: Component<'a>, path: &[String], shape: &mut Shape) {
        let mut models = component.node.all(names::XSD, &MODELS);
        let Some(model) = models.next() else { return };
        if let Some(second) = models.next() {
            let message = format!(
                "{} stands behind {}; a type has one of them, which may hold others",
                second.tag(),
                model.tag()
            );
            self.findings.problem(second, message);
        }
        let before = shape.complex.content;
        let fields = shape.complex.fields.len();
        let was_open = std::mem::take(&mut shape.complex.open);
        self.particle(component.at(model), Around::TYPE, path, shape);
        let holds = shape.complex.open || shape.complex.fields.len() > fields;
        shape.complex.open |= was_open;
        shape.complex.content = match before {
            _ if !holds => before,
            Content::Empty => self.content(component.at(model)),
            _ => Content::Sequence,
        };
    }

    /// In which order the members of a group stand.
    fn content(&mut self, component: Component<'a>) -> Content {
        let mut node = component.node;
        // A group may be no more than a reference to another one; that it leads nowhere or back is told elsewhere.
        for _ in 0..limits::CHAIN {
            match node.element.local.as_str() {
                "choice" => return Content::Choice,
                "all" => return Content::All,
                "sequence" => return Content::Sequence,
                _ => {}
            }
            let named = match node.attribute("ref") {
                Some(_) => self.schemas.name(component.at(node), "ref", self.findings),
                None => None,
            };
            let group = named.and_then(|name| self.schemas.find(Kind::Group, &name)).map_or(node, |group| group.node);
            match group.all(names::XSD, &MODELS).next() {
                Some(model) => node = model,
                None => break,
            }
        }
        Content::Sequence
    }

    fn particle(&mut self, component: Component<'a>, around: Around, path: &[String], shape: &mut Shape) {
        let node = component.node;
        if !self.step(node) {
            return;
        }
        let Some(own) = self.occurs(node) else { return };
        if own.max == Some(0) {
            self.findings.remark(node, format!("{} with `maxOccurs` 0 stands nowhere", node.tag()));
            return;
        }
        if self.nesting == limits::NESTING {
            let message = format!("groups are nested more than {} deep, references followed", limits::NESTING);
            self.findings.problem(node, message);
            return;
        }
        self.nesting += 1;
        match node.element.local.as_str() {
            "element" => self.local_element(component, own, around, path, shape),
            "any" => shape.complex.open = true,
            "choice" => self.choice(component, own, around, path, shape),
            "group" => self.group(component, own, around, shape),
            _ => self.sequence(component, own, around, path, shape),
        }
        self.nesting -= 1;
    }

    fn sequence(&mut self, component: Component<'a>, own: Occurs, around: Around, path: &[String], shape: &mut Shape) {
        let node = component.node;
        let before = shape.complex.fields.len();
        for member in node.all(names::XSD, &PARTICLES) {
            self.particle(component.at(member), around.within(own), path, shape);
        }
        let members = shape.complex.fields.len() - before;
        if own.repeats() && members > 1 {
            let what = format!("{} repeats as a whole; its {members} elements become lists of their own", node.tag());
            self.findings.remark(node, what);
        } else if own.min == 0 && members > 1 {
            let what = format!("{} is optional as a whole; its {members} elements become optional each", node.tag());
            self.findings.remark(node, what);
        }
    }

    fn choice(&mut self, component: Component<'a>, own: Occurs, around: Around, path: &[String], shape: &mut Shape) {
        let node = component.node;
        let members: Vec<_> = node.all(names::XSD, &PARTICLES).collect();
        if members.len() < 2 {
            // What is no choice between several is as a sequence is.
            return self.sequence(component, own, around, path, shape);
        }
        let choice = shape.choose(own, members.len(), around.alternative(own));
        if own.repeats() {
            let what =
                format!("{} repeats; its elements become lists, whose order among each other is not kept", node.tag());
            self.findings.remark(node, what);
        }
        let optional = Occurs { min: 0, ..own };
        let occurs = optional.times(around.occurs);
        for (number, member) in members.into_iter().enumerate() {
            let relative = Occurs { min: 1, ..own };
            let inner = Around { occurs, relative, alternative: Some((choice, number)) };
            self.particle(component.at(member), inner, path, shape);
        }
    }

    fn group(&mut self, component: Component<'a>, own: Occurs, around: Around, shape: &mut Shape) {
        let node = component.node;
        if node.attribute("name").is_some() {
            self.findings
                .problem(node, "a group that is used here is named with `ref`, and stands in the schema itself");
            return;
        }
        if self.of_encoding(component, Kind::Group) {
            shape.complex.open = true;
            return;
        }
        let Some((name, group)) = self.schemas.refer(Kind::Group, component, "ref", self.findings) else { return };
        if self.groups.contains(&name) {
            let message = format!("the group {} holds itself; a type cannot be without end", quoted(&name.local));
            self.findings.problem_of(node, "ref", message);
            return;
        }
        // A type without a name is called after the group, since it is the same wherever the group is used.
        let path = [name.local.clone()];
        self.groups.push(name);
        let inside = group.node.all(names::XSD, &MODELS).next();
        if let Some(model) = inside {
            let members = shape.complex.fields.len();
            self.particle(group.at(model), around.within(own), &path, shape);
            let members = shape.complex.fields.len() - members;
            if (own.repeats() || own.min == 0) && members > 1 {
                let what =
                    format!("{} is optional or repeats as a whole; its {members} elements do so each", node.tag());
                self.findings.remark(node, what);
            }
        }
        self.groups.pop();
    }

    /// Looks through a group for what is wrong with it, whether something refers to it or not.
    pub(super) fn unused_group(&mut self, name: &names::QName, group: Component<'a>) {
        let path = [name.local.clone()];
        self.groups.push(name.clone());
        match group.node.all(names::XSD, &MODELS).next() {
            Some(model) => self.particle(group.at(model), Around::TYPE, &path, &mut Shape::default()),
            None => {
                let message = format!("the group {} is empty; write `<xsd:sequence>` into it", quoted(&name.local));
                self.findings.problem(group.node, message);
            }
        }
        self.groups.pop();
    }

    fn local_element(
        &mut self,
        component: Component<'a>,
        own: Occurs,
        around: Around,
        path: &[String],
        shape: &mut Shape,
    ) {
        let node = component.node;
        let Occurs { min, max } = own.times(around.occurs);
        let declared = if node.attribute("ref").is_some() && node.attribute("name").is_none() {
            self.referred(component)
        } else {
            self.named(component, path)
        };
        let Some((name, namespace, declaration, ty)) = declared else { return };
        let (default, fixed) = self.preset(declaration);
        let mut doc = documentation(node);
        if doc.is_empty() {
            doc = documentation(declaration);
        }
        let nillable = self.flag(declaration, "nillable");
        let (kind, choice, at) = (FieldKind::Element, around.alternative(own), node.place());
        let field = Field { name, namespace, kind, ty, min, max, nillable, default, fixed, choice, doc, at };
        self.put(node, field, shape);
    }

    /// Name, namespace, declaration and type of a local element that refers to a global one.
    fn referred(&mut self, component: Component<'a>) -> Option<(String, String, Node<'a>, super::TypeRef)> {
        if component.node.attribute("type").is_some() {
            let message = "an element with `ref` has the type of the one that it refers to; take `type` out";
            self.findings.problem_of(component.node, "type", message);
        }
        let (name, global) = self.schemas.refer(Kind::Element, component, "ref", self.findings)?;
        let ty = self.type_of(global, std::slice::from_ref(&name.local));
        Some((name.local, name.namespace, global.node, ty))
    }

    /// The same of one with a name of its own.
    fn named(
        &mut self,
        component: Component<'a>,
        path: &[String],
    ) -> Option<(String, String, Node<'a>, super::TypeRef)> {
        let node = component.node;
        let name = local_name(node, self.findings)?;
        let schema = self.schemas.list.get(component.schema)?;
        let qualified = form(node, "form", self.findings).unwrap_or(schema.elements_qualified);
        let namespace = if qualified { schema.target.clone() } else { String::new() };
        let ty = self.type_of(component, &[path, &[name.to_owned()]].concat());
        Some((name.to_owned(), namespace, node, ty))
    }

    /// What a field has without being given a value: `default` and `fixed`.
    pub(super) fn preset(&mut self, node: Node<'a>) -> (Option<String>, Option<String>) {
        let value = |name: &str| node.attribute(name).map(|attribute| attribute.value.clone());
        let (default, fixed) = (value("default"), value("fixed"));
        if default.is_some() && fixed.is_some() {
            let message = format!("{} has both `default` and `fixed`; write one of them", node.tag());
            self.findings.problem_of(node, "fixed", message);
        }
        (default, fixed)
    }

    /// Puts a field into the shape and tells what there is to tell of it.
    pub(super) fn put(&mut self, node: Node<'_>, field: Field, shape: &mut Shape) {
        if !self.spend(node, weight(&field)) {
            return;
        }
        match shape.add(field) {
            Added::Well => {}
            Added::Wrong(message) => self.findings.problem(node, message),
            Added::Vague(what) => self.findings.remark(node, what),
        }
    }

    /// How often a member stands; tells when that is no number.
    fn occurs(&mut self, node: Node<'a>) -> Option<Occurs> {
        let mut number = |attribute: &str| match node.value(attribute).map(str::parse::<u32>) {
            None => Some(1),
            Some(Ok(number)) => Some(number),
            Some(Err(_)) => {
                let value = quoted(node.value(attribute).unwrap_or_default());
                let more = if attribute == "maxOccurs" { " or `unbounded`" } else { "" };
                let message = format!("{value} is no value of `{attribute}`; write a number{more}");
                self.findings.problem_of(node, attribute, message);
                None
            }
        };
        let min = number("minOccurs")?;
        let max = if node.value("maxOccurs") == Some("unbounded") { None } else { Some(number("maxOccurs")?) };
        if let Some(max) = max.filter(|max| *max < min) {
            let message = format!("`minOccurs` is {min} and `maxOccurs` {max}; `maxOccurs` is at least `minOccurs`");
            self.findings.problem(node, message);
            return None;
        }
        Some(Occurs { min, max })
    }
}
