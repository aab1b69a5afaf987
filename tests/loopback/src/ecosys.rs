//! A stand-in for EcoSys: one object and one event, sessions by cookie, and a result for each record that is written.

use crate::server::{Reply, Request};
use crate::soap::{self, Element, SoapCall, element, escaped};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The user.
pub const USER: &str = "apiuser";

/// The path of the APIs, which are told apart by the last part of it.
pub const PATH: &str = "/ecosys/api/soap/{api}";

/// The operations, those first whose names end in another's.
const OPERATIONS: [&str; 6] = ["CreateOrUpdate", "Create", "Update", "Delete", "Read", "Trigger"];

/// A request as the service saw it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The operation, without the object's name.
    pub operation: &'static str,
    /// What stood in the body.
    pub element: Element,
    /// Whether it came with HTTP Basic authentication.
    pub basic: bool,
    /// The header `Cookie`.
    pub cookie: Option<String>,
}

impl Asked {
    /// The options, by name, in the order in which they came.
    pub fn options(&self) -> Vec<(&str, &str)> {
        let is_options = |child: &&Element| child.name.ends_with("Options");
        let all = self.element.children.iter().find(is_options).map(|options| options.children.as_slice());
        all.unwrap_or_default().iter().map(|option| (option.name.as_str(), option.text.as_str())).collect()
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.options().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// How somebody is told that he is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// By the status 401 and a page.
    Status,
    /// By a fault.
    Fault,
}

/// The service, with one user.
pub struct Ecosys {
    state: Mutex<State>,
}

struct State {
    password: String,
    door: Door,
    /// What the values of cookies begin with.
    id: String,
    session: Option<String>,
    logins: u64,
    refused: u64,
    /// Internal id and name by key.
    records: BTreeMap<String, (usize, String)>,
    made: usize,
    executions: BTreeMap<&'static str, u64>,
    asked: Vec<Asked>,
    trigger_fails: bool,
}

impl Ecosys {
    /// With the password of the user.
    pub fn new(password: &str) -> Self {
        Self {
            state: Mutex::new(State {
                password: password.to_owned(),
                door: Door::Status,
                id: "5E551017".to_owned(),
                session: None,
                logins: 0,
                refused: 0,
                records: BTreeMap::new(),
                made: 0,
                executions: BTreeMap::new(),
                asked: Vec::new(),
                trigger_fails: false,
            }),
        }
    }

    /// Carries out a request.
    ///
    /// # Panics
    /// When it is no request that a client of this API sends.
    pub fn answer(&self, request: &Request) -> Reply {
        let SoapCall { asked, action } =
            soap::read(request).unwrap_or_else(|what| panic!("{what}: {}", request.text()));
        assert_eq!(action, "\"\"");
        let name = asked.name.clone();
        let (object, operation) = split(&name);
        assert_eq!(asked.namespace, format!("http://ecosys.net/api/{object}"));
        assert_eq!(request.path, PATH.replace("{api}", object));
        assert!(asked.children.iter().all(|child| child.namespace.is_empty()), "only the root is qualified");
        let authorization = request.header("authorization");
        let asked = Asked {
            operation,
            element: asked,
            basic: authorization.is_some(),
            cookie: request.header("cookie").map(str::to_owned),
        };
        let mut state = self.lock();
        state.asked.push(asked.clone());
        let Some(mut set_cookie) = state.let_in(&asked, authorization) else { return state.shut_out() };
        let reply = state.carry_out(object, &asked);
        if asked.option("LogoutSession") != Some("false") {
            state.session = None;
            set_cookie = None;
        }
        match set_cookie {
            Some(id) => reply.header("Set-Cookie", &format!("JSESSIONID={id}; Path=/ecosys; HttpOnly")),
            None => reply,
        }
    }

    /// How often an operation was carried out.
    pub fn executions(&self, operation: &str) -> u64 {
        self.lock().executions.get(operation).copied().unwrap_or_default()
    }

    /// How often somebody logged in.
    pub fn logins(&self) -> u64 {
        self.lock().logins
    }

    /// How often somebody was not let in.
    pub fn refused(&self) -> u64 {
        self.lock().refused
    }

    /// All requests, in order, those that were refused included.
    pub fn asked(&self) -> Vec<Asked> {
        self.lock().asked.clone()
    }

    /// The records: key and name.
    pub fn records(&self) -> Vec<(String, String)> {
        self.lock().records.iter().map(|(key, (_, name))| (key.clone(), name.clone())).collect()
    }

    /// Adds a record.
    pub fn add(&self, key: &str, name: &str) {
        self.lock().put(key, name);
    }

    /// Whether a session is open.
    pub fn has_session(&self) -> bool {
        self.lock().session.is_some()
    }

    /// Ends the session, as being idle does.
    pub fn end_sessions(&self) {
        self.lock().session = None;
    }

    /// Makes the values of cookies begin so from now on.
    pub fn set_id(&self, id: &str) {
        id.clone_into(&mut self.lock().id);
    }

    /// Sets the password.
    pub fn set_password(&self, password: &str) {
        password.clone_into(&mut self.lock().password);
    }

    /// Sets how somebody is told that he is not let in.
    pub fn set_door(&self, door: Door) {
        self.lock().door = door;
    }

    /// Has the event fail.
    pub fn fail_trigger(&self) {
        self.lock().trigger_fails = true;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The object and the operation that a request's element is named after.
///
/// # Panics
/// When it is none.
fn split(name: &str) -> (&str, &'static str) {
    let stem = name.strip_suffix("RequestElement").unwrap_or_else(|| panic!("{name} is no request"));
    let of = |operation: &&'static str| stem.strip_suffix(*operation).map(|object| (object, *operation));
    OPERATIONS.iter().find_map(of).unwrap_or_else(|| panic!("{name} is no operation"))
}

impl State {
    /// The cookie that is set, if any; nothing when the request is not let in.
    fn let_in(&mut self, asked: &Asked, authorization: Option<&str>) -> Option<Option<String>> {
        let named = asked.cookie.as_deref().and_then(|cookie| cookie.strip_prefix("JSESSIONID="));
        if named.is_some() && named == self.session.as_deref() {
            return Some(None);
        }
        let in_options = (asked.option("Username"), asked.option("Password"));
        let is_right = match authorization {
            Some(text) => basic_is(text, &format!("{USER}:{}", self.password)),
            None => in_options == (Some(USER), Some(&self.password)),
        };
        if !is_right {
            return None;
        }
        self.logins += 1;
        // A login ends the user's other session.
        let id = format!("{}{:x}", self.id, self.logins);
        self.session = Some(id.clone());
        Some(Some(id))
    }

    fn shut_out(&mut self) -> Reply {
        self.refused += 1;
        match self.door {
            Door::Status => Reply::status(401, "<html><body>Unauthorized</body></html>"),
            Door::Fault => {
                let fault = soap::fault("soapenv:Client", "User is not authenticated", "");
                soap::reply(500, &soap::envelope("urn:ecosys", &fault))
            }
        }
    }

    fn put(&mut self, key: &str, name: &str) {
        self.made += 1;
        let id = 1000 + self.made;
        self.records.insert(key.to_owned(), (id, name.to_owned()));
    }

    fn carry_out(&mut self, object: &str, asked: &Asked) -> Reply {
        if asked.operation == "Trigger" && self.trigger_fails {
            let fault = soap::fault("soapenv:Server", "The event failed", "");
            return soap::reply(500, &soap::envelope("urn:ecosys", &fault));
        }
        *self.executions.entry(asked.operation).or_default() += 1;
        let with_meta = asked.option("IncludeMetaData") == Some("true");
        let (kind, content) = match asked.operation {
            "Trigger" => ("Trigger", String::new()),
            "Read" => ("Read", self.read(object, asked, with_meta)),
            _ => ("Write", self.write(object, asked)),
        };
        let name = format!("{object}{kind}ResponseElement");
        let body = format!("<tns:{name}>{content}</tns:{name}>");
        soap::reply(200, &soap::envelope(&asked.element.namespace, &body))
    }

    fn read(&self, object: &str, asked: &Asked, with_meta: bool) -> String {
        let parameters = asked.element.child(&format!("{object}Parameters"));
        let filter = parameters.and_then(|parameters| parameters.value("filter")).unwrap_or_default();
        let found = || self.records.iter().filter(|(key, _)| key.contains(filter));
        let mut content = String::new();
        if with_meta {
            let count = element("ObjectCount", &found().count().to_string());
            let _ = write!(content, "<Meta>{count}<AttributeCount>2</AttributeCount></Meta>");
        }
        for (key, (_, name)) in found() {
            let fields = [element("CostObjectID", key), element("CostObjectName", name)].concat();
            let _ = write!(content, "<{object}>{fields}</{object}>");
        }
        content
    }

    /// Carries out what is asked of each record, and says what became of it.
    fn write(&mut self, object: &str, asked: &Asked) -> String {
        let named = if asked.operation == "Delete" { format!("{object}Key") } else { object.to_owned() };
        let records = asked.element.children.iter().filter(|child| child.name == named);
        let mut content = String::new();
        for (index, record) in records.enumerate() {
            let key = record.value("CostObjectID").unwrap_or_default();
            let id = |state: &Self| state.records.get(key).map(|(id, _)| id.to_string()).unwrap_or_default();
            let internal = id(self);
            let failure = self.write_one(asked.operation, key, record.value("CostObjectName"));
            let internal = if internal.is_empty() { id(self) } else { internal };
            let flag = failure.is_none();
            let key = escaped(key);
            let _ = write!(
                content,
                "<ObjectResult index=\"{index}\" successFlag=\"{flag}\" internalId=\"{internal}\" externalId=\"{key}\">"
            );
            if let Some((reason, text)) = failure {
                let message = element("Message", text);
                let _ = write!(
                    content,
                    "<ResultMessage level=\"FAILURE\" reasonCode=\"{reason}\"><KeyName>{key}</KeyName>{message}</ResultMessage>"
                );
            }
            content.push_str("</ObjectResult>");
        }
        content
    }

    /// Carries out what is asked of a record; why not, where it fails.
    fn write_one(&mut self, operation: &str, key: &str, name: Option<&str>) -> Option<(&'static str, &'static str)> {
        let is_there = self.records.contains_key(key);
        match (operation, is_there) {
            _ if key.is_empty() => return Some(("ESRC_MISSING_REQUIRED_VALUE", "The key is missing")),
            ("Create", true) => return Some(("ESRC_DUPLICATE_IDENTIFIER", "The object exists")),
            ("Update" | "Delete", false) => return Some(("ESRC_OBJECT_NOT_FOUND_BY_KEY", "There is no such object")),
            ("Delete", true) => drop(self.records.remove(key)),
            (_, false) => self.put(key, name.unwrap_or_default()),
            (_, true) => {
                if let (Some((_, known)), Some(name)) = (self.records.get_mut(key), name) {
                    name.clone_into(known);
                }
            }
        }
        None
    }
}

/// Whether a header holds name and password.
fn basic_is(header: &str, expected: &str) -> bool {
    let coded = header.strip_prefix("Basic ").and_then(|coded| BASE64_STANDARD.decode(coded).ok());
    coded.is_some_and(|bytes| bytes == expected.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(service: &Ecosys, name: &str, content: &str) -> String {
        let root = format!("<m:{name} xmlns:m=\"http://ecosys.net/api/SampleObject\">{content}</m:{name}>");
        let body = soap::envelope("urn:ecosys", &root);
        let reply = service.answer(&Request::soap("/ecosys/api/soap/SampleObject", "\"\"", &body));
        String::from_utf8(reply.body).expect("text")
    }

    #[test]
    fn who_is_not_let_in_changes_nothing() {
        let service = Ecosys::new("right");
        let options = |password| {
            format!(
                "<SampleObjectOptions><Username>{USER}</Username><Password>{password}</Password></SampleObjectOptions>\
                 <SampleObject><CostObjectID>A</CostObjectID></SampleObject>"
            )
        };
        assert!(post(&service, "SampleObjectCreateRequestElement", &options("wrong")).contains("Unauthorized"));
        assert!(service.records().is_empty());
        let done = post(&service, "SampleObjectCreateRequestElement", &options("right"));
        assert!(done.contains("successFlag=\"true\" internalId=\"1001\" externalId=\"A\""), "{done}");
        assert_eq!((service.logins(), service.refused(), service.has_session()), (1, 1, false));
        assert_eq!(service.records(), [("A".to_owned(), String::new())]);
        let again = post(&service, "SampleObjectCreateRequestElement", &options("right"));
        assert!(again.contains("ESRC_DUPLICATE_IDENTIFIER"), "{again}");
    }

    #[test]
    fn the_example_of_the_standard() {
        assert!(basic_is("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin:open sesame"));
        assert!(!basic_is("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin:open"));
    }
}
