//! Complex types, and what they take from the types that they extend or restrict.

use super::super::limits;
use super::super::model::{Array, Base, Complex, Content, Derivation, Field, FieldKind, TypeKind, TypeRef};
use super::super::names::{self, quoted};
use super::super::schemas::{Component, Kind, qname};
use super::super::xml::Node;
use super::shape::{Shape, weight};
use super::{ANY, Maker, resolve};

impl<'a> Maker<'a, '_> {
    /// A complex type.
    pub(super) fn complex(&mut self, component: Component<'a>, path: &[String]) -> TypeKind {
        let node = component.node;
        let mut contents = node.all(names::XSD, &["simpleContent", "complexContent"]);
        let content = contents.next();
        let mut kind = match content {
            None => {
                let mut shape = Shape::default();
                self.model(component, path, &mut shape);
                self.attributes(component, path, &mut shape);
                TypeKind::Complex(shape.complex)
            }
            Some(content) => self.derived(component.at(content), path),
        };
        if let TypeKind::Complex(complex) = &mut kind {
            let mixed = content.filter(|content| content.attribute("mixed").is_some()).unwrap_or(node);
            complex.mixed |= self.flag(mixed, "mixed");
            complex.is_abstract = self.flag(node, "abstract");
            if complex.mixed {
                let what =
                    format!("text may stand between the elements of {} (`mixed`); it is not read", path_of(path));
                self.findings.remark(node, what);
            }
            if complex.is_abstract {
                let what = format!("the type {} is abstract; `xsi:type` says which type stands for it", path_of(path));
                self.findings.remark(node, what);
            }
        }
        kind
    }

    /// What `complexContent` or `simpleContent` holds.
    fn derived(&mut self, content: Component<'a>, path: &[String]) -> TypeKind {
        let empty = TypeKind::Complex(Complex::default());
        let Some(node) = content.node.all(names::XSD, &["extension", "restriction"]).next() else {
            let message =
                format!("{} is empty; write `<xsd:extension>` or `<xsd:restriction>` into it", content.node.tag());
            self.findings.problem(content.node, message);
            return empty;
        };
        let component = content.at(node);
        let by = if node.element.local == "extension" { Derivation::Extension } else { Derivation::Restriction };
        let Some(ty) = self.type_ref(component, "base") else { return empty };
        if content.node.element.local == "simpleContent" {
            return self.simple_content(component, Base { ty, by }, path);
        }
        let base = match &ty {
            TypeRef::AnyArray => return self.array(component, None, path),
            TypeRef::Builtin(_) if ty == ANY => None,
            TypeRef::Builtin(_) | TypeRef::Map => {
                let message =
                    "complex content is derived from a complex type; for a simple one write `<xsd:simpleContent>`";
                self.findings.problem_of(node, "base", message);
                return empty;
            }
            TypeRef::Named(_) => match self.base(node, &ty) {
                Some(TypeKind::Array(array)) => return self.array(component, Some(array), path),
                Some(TypeKind::Complex(complex)) => Some(complex),
                Some(TypeKind::Simple(_)) => {
                    let message =
                        "complex content is derived from a complex type; for a simple one write `<xsd:simpleContent>`";
                    self.findings.problem_of(node, "base", message);
                    return empty;
                }
                None => return empty,
            },
        };
        let mut shape = Shape::new(base.unwrap_or_default());
        shape.complex.is_abstract = false;
        if by == Derivation::Restriction {
            Self::restrict(component, &mut shape);
        }
        let attributes = shape.complex.fields.iter().position(|field| field.kind == FieldKind::Attribute);
        self.model(component, path, &mut shape);
        self.attributes(component, path, &mut shape);
        // The elements of the extension stand before the attributes of its base.
        if attributes.is_some() {
            shape.complex.fields.sort_by_key(|field| field.kind);
        }
        if ty != ANY {
            shape.complex.base = Some(Base { ty, by });
        }
        TypeKind::Complex(shape.complex)
    }

    /// Leaves of the base what a restriction keeps without saying so: its attributes.
    fn restrict(component: Component<'a>, shape: &mut Shape) {
        let base = std::mem::take(&mut shape.complex);
        let attributes = base.fields.into_iter().filter(|field| field.kind == FieldKind::Attribute).collect();
        shape.complex = Complex { fields: attributes, open_attributes: base.open_attributes, ..Complex::default() };
        Self::without_restated(component, shape);
    }

    /// What the named base is; tells when it is derived from itself.
    fn base(&mut self, node: Node<'a>, ty: &TypeRef) -> Option<TypeKind> {
        let TypeRef::Named(name) = ty else { return None };
        let component = self.schemas.find(Kind::Type, name)?;
        if self.ensure(name, component) {
            let made = self.get(name).cloned();
            // A copy of many fields is as much work as many fields.
            if let Some(TypeKind::Complex(complex)) = &made
                && !complex.fields.iter().all(|field| self.spend(node, weight(field)))
            {
                return None;
            }
            return made;
        }
        let message = if self.chain.contains(name) {
            format!(
                "the type {} is derived from itself; take the derivation out of one of the types",
                quoted(&name.local)
            )
        } else {
            format!("more than {} types are derived from each other here", limits::CHAIN)
        };
        self.findings.problem_of(node, "base", message);
        None
    }

    /// A text with attributes.
    fn simple_content(&mut self, component: Component<'a>, base: Base, path: &[String]) -> TypeKind {
        let node = component.node;
        let of_base = match &base.ty {
            TypeRef::Named(_) => self.base(node, &base.ty),
            _ => None,
        };
        let mut shape = Shape::default();
        match &of_base {
            Some(kind @ TypeKind::Complex(complex)) => {
                if Self::text_of(kind).is_none() {
                    let message = "the base has no simple content; for one with elements write `<xsd:complexContent>`";
                    self.findings.problem_of(node, "base", message);
                }
                shape = Shape::new(complex.clone());
                Self::without_restated(component, &mut shape);
            }
            Some(TypeKind::Array(_)) => {
                let message = "the base is an array, which has no simple content";
                self.findings.problem_of(node, "base", message);
            }
            None if !matches!(base.ty, TypeRef::Named(_) | TypeRef::Builtin(_)) || base.ty == ANY => {
                let message = "the base has no simple content; for one with elements write `<xsd:complexContent>`";
                self.findings.problem_of(node, "base", message);
            }
            _ => {
                let ty = base.ty.clone();
                let (kind, at) = (FieldKind::Text, node.place());
                let (name, namespace, doc) = (String::new(), String::new(), String::new());
                let (min, max, nillable, default, fixed, choice) = (1, Some(1), false, None, None, None);
                shape.add(Field { name, namespace, kind, ty, min, max, nillable, default, fixed, choice, doc, at });
            }
        }
        let facet = node.children().find(|child| {
            !matches!(child.element.local.as_str(), "annotation" | "attribute" | "attributeGroup" | "anyAttribute")
        });
        if let Some(facet) = facet {
            let what =
                format!("{} restricts the text of {}; its values are not held against it", facet.tag(), path_of(path));
            self.findings.remark(facet, what);
        }
        self.attributes(component, path, &mut shape);
        shape.complex.content = Content::Simple;
        shape.complex.base = Some(base);
        shape.complex.is_abstract = false;
        TypeKind::Complex(shape.complex)
    }

    /// An array: `arrayType` names its items, or else the element that stands in it does.
    fn array(&mut self, component: Component<'a>, base: Option<Array>, path: &[String]) -> TypeKind {
        let mut shape = Shape::default();
        self.model(component, path, &mut shape);
        let mut array = base.unwrap_or(Array { item: ANY, item_name: None });
        let mut elements = shape.complex.fields.into_iter();
        if let Some(element) = elements.next() {
            array = Array { item: element.ty, item_name: Some(element.name) };
        }
        if let Some(second) = elements.next() {
            let what =
                format!("the array {} has items of several names; {} is left out", path_of(path), quoted(&second.name));
            self.findings.remark(component.node, what);
        }
        for node in component.node.all(names::XSD, &["attribute"]) {
            let mut written = node.element.attributes.iter();
            match written.find(|it| it.local == "arrayType" && &*it.namespace == names::WSDL) {
                Some(written) => array.item = self.item(node, written.value.trim()).unwrap_or(array.item),
                None => {
                    let what = format!("{} on the array {} is not read", node.tag(), path_of(path));
                    self.findings.remark(node, what);
                }
            }
        }
        TypeKind::Array(array)
    }

    /// The type that an `arrayType` such as `tns:Thing[]` names.
    fn item(&mut self, node: Node<'a>, written: &str) -> Option<TypeRef> {
        let (name, size) = written.split_once('[').unwrap_or((written, ""));
        let several = size != "]";
        let name = match qname(node, name.trim(), None) {
            Ok(name) => name,
            Err(wrong) => {
                self.findings.problem(node, format!("`wsdl:arrayType` is {}: {wrong}", quoted(written)));
                return None;
            }
        };
        let Some(item) = resolve(self.schemas, &name, node, self.findings) else {
            self.schemas.dangling(Kind::Type, node, "wsdl:arrayType", &name, self.findings);
            return None;
        };
        if !several {
            return Some(item);
        }
        if size.contains('[') {
            let what = format!("{} is an array of arrays; its items may be any arrays", quoted(written));
            self.findings.remark(node, what);
            return Some(TypeRef::AnyArray);
        }
        let what = format!("{} has a size or several dimensions; it is a list of any length", quoted(written));
        self.findings.remark(node, what);
        Some(item)
    }
}

/// The way to a type in a message.
fn path_of(path: &[String]) -> String {
    quoted(&path.join("/"))
}
