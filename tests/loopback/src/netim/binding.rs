//! Arguments and the params that they are bound to.

use crate::soap::Element;

/// The arguments of a call by the declared names of their params; those that are left out or nil are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// Names and arguments, in the declared order.
    pub arguments: Vec<(String, Element)>,
    /// Whether they were bound by name.
    pub by_name: bool,
}

impl Bound {
    /// The text of an argument.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, element)| element.text.as_str())
    }

    /// Names and texts.
    pub fn values(&self) -> Vec<(&str, &str)> {
        self.arguments.iter().map(|(name, element)| (name.as_str(), element.text.as_str())).collect()
    }
}

/// What a function is declared with after the session (facts/netim/netim-soap-2.0-functions.tsv).
const FUNCTIONS: &[(&str, &[&str])] = &[
    ("contactCreate", &["contact"]),
    ("domainAuthID", &["domain", "sendToRegistrant"]),
    ("domainCheck", &["domain"]),
    (
        "domainCreate",
        &[
            "domain",
            "idOwner",
            "idAdmin",
            "idTech",
            "idBilling",
            "ns1",
            "ns2",
            "ns3",
            "ns4",
            "ns5",
            "duration",
            "templateDNS",
        ],
    ),
    (
        "domainCreateLP",
        &[
            "domain",
            "idOwner",
            "idAdmin",
            "idTech",
            "idBilling",
            "ns1",
            "ns2",
            "ns3",
            "ns4",
            "ns5",
            "duration",
            "phase",
        ],
    ),
    ("domainDelete", &["domain", "typeDelete"]),
    ("domainInfo", &["domain"]),
    ("domainRenew", &["domain", "duration"]),
    ("domainRestore", &["domain"]),
    ("domainSetMembership", &["domain", "token"]),
    (
        "domainTransferIn",
        &["domain", "authID", "idOwner", "idAdmin", "idTech", "idBilling", "ns1", "ns2", "ns3", "ns4", "ns5"],
    ),
    ("domainTransferOwner", &["domain", "idOwner"]),
    (
        "domainTransferTrade",
        &["domain", "authID", "idOwner", "idAdmin", "idTech", "idBilling", "ns1", "ns2", "ns3", "ns4", "ns5"],
    ),
    ("queryDomainList", &["filter"]),
    ("queryOpe", &["IDOpe"]),
    ("sessionClose", &[]),
    ("sessionInfo", &[]),
    ("sessionOpen", &["idReseller", "password", "language"]),
    ("sessionSetPreference", &["type", "value"]),
    ("sslCreate", &["prod", "duration", "CSRInfo", "validation"]),
    ("sslRenew", &["IDSSL", "duration"]),
    ("webHostingCreate", &["fqdn", "offer", "duration", "cms"]),
    ("webHostingRenew", &["id", "duration"]),
];

/// Whether a function makes an operation.
pub(super) fn makes_operation(function: &str) -> bool {
    !(function.starts_with("query") || matches!(function, "contactCreate" | "domainCheck" | "domainInfo"))
}

/// Binds the arguments of a call.
///
/// # Panics
/// When the function is not one that the service knows, or there are more arguments than params.
pub(super) fn bind(function: &str, asked: &Element) -> Bound {
    let (_, params) = FUNCTIONS
        .iter()
        .find(|(known, _)| *known == function)
        .unwrap_or_else(|| panic!("{function} is no function that this service knows"));
    let session = (function != "sessionOpen").then_some("IDSession");
    let params: Vec<&str> = session.into_iter().chain(params.iter().copied()).collect();
    let by_name = asked.children.iter().any(|child| params.contains(&child.name.as_str()));
    let position = |index: usize, child: &Element| match params.iter().position(|name| *name == child.name) {
        Some(at) if by_name => at,
        None if !by_name && child.name == "Item" && index < params.len() => index,
        _ => panic!("{function}: {} as number {index} is no argument", child.name),
    };
    let mut arguments: Vec<_> =
        asked.children.iter().enumerate().map(|(index, child)| (position(index, child), child.clone())).collect();
    assert!(arguments.is_sorted_by_key(|(at, _)| *at), "{function}: in the declared order");
    arguments.retain(|(_, child)| child.attribute("xsi:nil") != Some("true"));
    let arguments = arguments.into_iter().map(|(at, child)| (params[at].to_owned(), child)).collect();
    Bound { arguments, by_name }
}
