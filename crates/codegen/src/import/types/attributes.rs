//! Attributes of a type, those of groups included.

use super::super::limits;
use super::super::model::{Builtin, Field, FieldKind, TypeKind, TypeRef};
use super::super::names::{self, quoted};
use super::super::schemas::{Component, Kind, form};
use super::super::xml::Node;
use super::shape::Shape;
use super::{Maker, documentation, local_name};
use std::collections::BTreeSet;

impl<'a> Maker<'a, '_> {
    /// The attributes that stand in a type, in an extension or restriction of one, or in a group.
    pub(super) fn attributes(&mut self, component: Component<'a>, path: &[String], shape: &mut Shape) {
        for node in component.node.all(names::XSD, &["attribute", "attributeGroup", "anyAttribute"]) {
            if !self.step(node) {
                return;
            }
            match node.element.local.as_str() {
                "attribute" => self.attribute(component.at(node), path, shape),
                "attributeGroup" => self.attribute_group(component.at(node), shape),
                _ => shape.complex.open_attributes = true,
            }
        }
    }

    fn attribute_group(&mut self, component: Component<'a>, shape: &mut Shape) {
        let kind = Kind::AttributeGroup;
        // `id` and `href`, which every encoded value may have.
        if self.of_encoding(component, kind) {
            return;
        }
        let Some((name, group)) = self.schemas.refer(kind, component, "ref", self.findings) else { return };
        if self.groups.contains(&name) || self.groups.len() == limits::NESTING {
            let message =
                format!("the attribute group {} holds itself; a type cannot be without end", quoted(&name.local));
            self.findings.problem_of(component.node, "ref", message);
            return;
        }
        let path = [name.local.clone()];
        self.groups.push(name);
        self.attributes(group, &path, shape);
        self.groups.pop();
    }

    fn attribute(&mut self, component: Component<'a>, path: &[String], shape: &mut Shape) {
        let node = component.node;
        let min = match node.value("use") {
            None | Some("optional") => 0,
            Some("required") => 1,
            Some("prohibited") => return,
            Some(other) => {
                let value = quoted(other);
                let message = format!("{value} is no value of `use`; write `required`, `optional` or `prohibited`");
                self.findings.problem_of(node, "use", message);
                return;
            }
        };
        let declared = if node.attribute("ref").is_some() && node.attribute("name").is_none() {
            self.attribute_referred(component)
        } else {
            self.attribute_named(component, path)
        };
        let Some((name, namespace, declaration, ty)) = declared else { return };
        self.held_simple(node, &ty);
        let (mut default, mut fixed) = self.preset(node);
        if default.is_none() && fixed.is_none() {
            (default, fixed) = self.preset(declaration);
        }
        let mut doc = documentation(node);
        if doc.is_empty() {
            doc = documentation(declaration);
        }
        let (kind, max, at) = (FieldKind::Attribute, Some(1), node.place());
        let field =
            Field { name, namespace, kind, ty, min, max, nillable: false, default, fixed, choice: None, doc, at };
        self.put(node, field, shape);
    }

    fn attribute_referred(&mut self, component: Component<'a>) -> Option<(String, String, Node<'a>, TypeRef)> {
        let name = self.schemas.name(component, "ref", self.findings)?;
        if matches!(name.namespace.as_str(), names::XML | names::SOAP_ENC)
            && self.schemas.find(Kind::Attribute, &name).is_none()
        {
            let builtin = if name.local == "lang" { Builtin::Language } else { Builtin::String };
            return Some((name.local, name.namespace, component.node, TypeRef::Builtin(builtin)));
        }
        let (name, global) = self.schemas.refer(Kind::Attribute, component, "ref", self.findings)?;
        let ty = self.type_of(global, std::slice::from_ref(&name.local));
        Some((name.local, name.namespace, global.node, ty))
    }

    fn attribute_named(
        &mut self,
        component: Component<'a>,
        path: &[String],
    ) -> Option<(String, String, Node<'a>, TypeRef)> {
        let node = component.node;
        let name = local_name(node, self.findings)?;
        let schema = self.schemas.list.get(component.schema)?;
        let qualified = form(node, "form", self.findings).unwrap_or(schema.attributes_qualified);
        let namespace = if qualified { schema.target.clone() } else { String::new() };
        let ty = self.type_of(component, &[path, &[name.to_owned()]].concat());
        Some((name.to_owned(), namespace, node, ty))
    }

    /// Tells when an attribute has a type of elements.
    fn held_simple(&mut self, node: Node<'a>, ty: &TypeRef) {
        let complex = match ty {
            TypeRef::Named(name) => {
                let declared = self.schemas.find(Kind::Type, name);
                declared.is_some_and(|found| found.node.element.local == "complexType")
            }
            TypeRef::Builtin(builtin) => *builtin == Builtin::AnyType,
            TypeRef::AnyArray | TypeRef::Map => true,
        };
        if complex {
            let message = "an attribute holds a text, and this is a type of elements; write a simple type";
            self.findings.problem_of(node, "type", message);
        }
    }

    /// Takes out of the shape what a restriction says again or forbids.
    pub(super) fn without_restated(component: Component<'a>, shape: &mut Shape) {
        let mut restated = BTreeSet::new();
        for node in component.node.all(names::XSD, &["attribute"]) {
            let written = node.value("name").or(node.value("ref")).unwrap_or_default();
            restated.insert(written.rsplit_once(':').map_or(written, |(_, local)| local));
        }
        let kept = |field: &Field| field.kind != FieldKind::Attribute || !restated.contains(field.name.as_str());
        shape.complex.fields.retain(kept);
        *shape = Shape::new(std::mem::take(&mut shape.complex));
    }

    /// The simple type that the text of a type with simple content has.
    pub(super) fn text_of(kind: &TypeKind) -> Option<Field> {
        let TypeKind::Complex(complex) = kind else { return None };
        complex.fields.iter().find(|field| field.kind == FieldKind::Text).cloned()
    }
}
