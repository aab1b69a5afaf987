//! The elements of WSDL 1.1, its SOAP 1.1 binding and XML Schema 1.0: their attributes and what may stand within them.

/// What becomes of an element.
#[derive(Debug, Clone, Copy)]
pub enum Fate {
    /// It is read.
    Read,
    /// It is left out, and what that means.
    Left(&'static str),
    /// It may not be there, since leaving it out would make what is read wrong; and what to do.
    Refused(&'static str),
}

/// An element.
#[derive(Debug)]
pub struct Rule {
    /// Its name, with the usual prefix of its vocabulary.
    pub name: &'static str,
    /// Its attributes without a namespace, but for `id`.
    pub attributes: &'static [&'static str],
    /// What may stand within it, but for documentation.
    pub children: &'static [&'static [&'static str]],
    /// What becomes of it.
    pub fate: Fate,
}

const fn read(
    name: &'static str,
    attributes: &'static [&'static str],
    children: &'static [&'static [&'static str]],
) -> Rule {
    Rule { name, attributes, children, fate: Fate::Read }
}

const fn left(name: &'static str, meaning: &'static str) -> Rule {
    Rule { name, attributes: &[], children: &[], fate: Fate::Left(meaning) }
}

const fn refused(name: &'static str, advice: &'static str) -> Rule {
    Rule { name, attributes: &[], children: &[], fate: Fate::Refused(advice) }
}

const MODEL: &[&str] = &["xsd:sequence", "xsd:choice", "xsd:all", "xsd:group"];
const ATTRIBUTES: &[&str] = &["xsd:attribute", "xsd:attributeGroup", "xsd:anyAttribute"];
const PARTICLES: &[&str] = &["xsd:element", "xsd:group", "xsd:sequence", "xsd:choice", "xsd:any"];
const OCCURS: &[&str] = &["minOccurs", "maxOccurs"];
const FACETS: &[&str] = &[
    "xsd:enumeration",
    "xsd:pattern",
    "xsd:length",
    "xsd:minLength",
    "xsd:maxLength",
    "xsd:minInclusive",
    "xsd:maxInclusive",
    "xsd:minExclusive",
    "xsd:maxExclusive",
    "xsd:totalDigits",
    "xsd:fractionDigits",
    "xsd:whiteSpace",
    "xsd:assertion",
    "xsd:explicitTimezone",
];
const CONSTRAINTS: &[&str] = &["xsd:unique", "xsd:key", "xsd:keyref", "xsd:alternative"];
const NEWER: &[&str] = &["xsd:assert", "xsd:openContent"];
const FACET: &[&str] = &["value", "fixed"];
const NOT_HELD: &str = "values are not held against it";

/// All elements, sorted by nothing but subject: WSDL, SOAP, XML Schema.
pub const RULES: &[Rule] = &[
    read(
        "wsdl:definitions",
        &["name", "targetNamespace"],
        &[&["wsdl:import", "wsdl:types", "wsdl:message", "wsdl:portType", "wsdl:binding", "wsdl:service"]],
    ),
    read("wsdl:import", &["namespace", "location"], &[]),
    read("wsdl:types", &[], &[&["xsd:schema"]]),
    read("wsdl:message", &["name"], &[&["wsdl:part"]]),
    read("wsdl:part", &["name", "element", "type"], &[]),
    read("wsdl:portType", &["name"], &[&["wsdl:operation"]]),
    read(
        "wsdl:operation",
        &["name", "parameterOrder"],
        &[&["wsdl:input", "wsdl:output", "wsdl:fault", "soap:operation"]],
    ),
    read("wsdl:input", &["name", "message"], &[&["soap:body", "soap:header"]]),
    read("wsdl:output", &["name", "message"], &[&["soap:body", "soap:header"]]),
    read("wsdl:fault", &["name", "message"], &[&["soap:fault"]]),
    read("wsdl:binding", &["name", "type"], &[&["soap:binding", "wsdl:operation"]]),
    read("wsdl:service", &["name"], &[&["wsdl:port"]]),
    read("wsdl:port", &["name", "binding"], &[&["soap:address"]]),
    read("wsdl:documentation", &[], &[]),
    read("soap:binding", &["transport", "style"], &[]),
    read("soap:operation", &["soapAction", "style"], &[]),
    read("soap:body", &["parts", "use", "encodingStyle", "namespace"], &[]),
    read("soap:fault", &["name", "use", "encodingStyle", "namespace"], &[]),
    read("soap:address", &["location"], &[]),
    left("soap:header", "requests are made, and replies read, without this header"),
    read(
        "xsd:schema",
        &["targetNamespace", "elementFormDefault", "attributeFormDefault", "blockDefault", "finalDefault", "version"],
        &[
            &["xsd:import", "xsd:include", "xsd:redefine", "xsd:override", "xsd:defaultOpenContent", "xsd:notation"],
            &["xsd:element", "xsd:complexType", "xsd:simpleType", "xsd:group", "xsd:attributeGroup", "xsd:attribute"],
        ],
    ),
    read("xsd:import", &["namespace", "schemaLocation"], &[]),
    read("xsd:include", &["schemaLocation"], &[]),
    refused("xsd:redefine", "write the changed types out and include the rest"),
    refused("xsd:override", "write the changed types out and include the rest"),
    left("xsd:notation", "notations are not read"),
    left("xsd:defaultOpenContent", "XML Schema 1.1 is not read; what the types themselves say counts"),
    read("xsd:annotation", &[], &[&["xsd:documentation", "xsd:appinfo"]]),
    read("xsd:documentation", &["source"], &[]),
    left("xsd:appinfo", "what it says is for other programs"),
    read(
        "xsd:element",
        &[
            "name",
            "ref",
            "type",
            "minOccurs",
            "maxOccurs",
            "nillable",
            "default",
            "fixed",
            "form",
            "abstract",
            "substitutionGroup",
            "block",
            "final",
        ],
        &[&["xsd:complexType", "xsd:simpleType"], CONSTRAINTS],
    ),
    left("xsd:unique", NOT_HELD),
    left("xsd:key", NOT_HELD),
    left("xsd:keyref", NOT_HELD),
    left("xsd:alternative", "XML Schema 1.1 is not read; the element has the type that it names itself"),
    read(
        "xsd:complexType",
        &["name", "mixed", "abstract", "block", "final"],
        &[&["xsd:simpleContent", "xsd:complexContent"], MODEL, ATTRIBUTES, NEWER],
    ),
    left("xsd:assert", NOT_HELD),
    left("xsd:openContent", "XML Schema 1.1 is not read; what the type itself names counts"),
    read("xsd:simpleType", &["name", "final"], &[&["xsd:restriction", "xsd:list", "xsd:union"]]),
    read("xsd:sequence", OCCURS, &[PARTICLES]),
    read("xsd:choice", OCCURS, &[PARTICLES]),
    read("xsd:all", OCCURS, &[&["xsd:element", "xsd:any", "xsd:group"]]),
    read("xsd:group", &["name", "ref", "minOccurs", "maxOccurs"], &[MODEL]),
    read("xsd:attributeGroup", &["name", "ref"], &[ATTRIBUTES]),
    read("xsd:attribute", &["name", "ref", "type", "use", "default", "fixed", "form"], &[&["xsd:simpleType"]]),
    read("xsd:any", &["namespace", "processContents", "minOccurs", "maxOccurs"], &[]),
    read("xsd:anyAttribute", &["namespace", "processContents"], &[]),
    read("xsd:complexContent", &["mixed"], &[&["xsd:extension", "xsd:restriction"]]),
    read("xsd:simpleContent", &[], &[&["xsd:extension", "xsd:restriction"]]),
    read("xsd:extension", &["base"], &[MODEL, ATTRIBUTES, NEWER]),
    read("xsd:restriction", &["base"], &[&["xsd:simpleType"], MODEL, ATTRIBUTES, FACETS, NEWER]),
    read("xsd:list", &["itemType"], &[&["xsd:simpleType"]]),
    read("xsd:union", &["memberTypes"], &[&["xsd:simpleType"]]),
    read("xsd:enumeration", FACET, &[]),
    read("xsd:pattern", FACET, &[]),
    read("xsd:length", FACET, &[]),
    read("xsd:minLength", FACET, &[]),
    read("xsd:maxLength", FACET, &[]),
    read("xsd:minInclusive", FACET, &[]),
    read("xsd:maxInclusive", FACET, &[]),
    read("xsd:minExclusive", FACET, &[]),
    read("xsd:maxExclusive", FACET, &[]),
    read("xsd:totalDigits", FACET, &[]),
    read("xsd:fractionDigits", FACET, &[]),
    read("xsd:whiteSpace", FACET, &[]),
    left("xsd:assertion", NOT_HELD),
    left("xsd:explicitTimezone", NOT_HELD),
];
