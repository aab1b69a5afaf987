//! Sends a command: with the credentials, or in the session that is kept.
//!
//! Where sessions are kept, one call at a time logs in, and those that come meanwhile wait for the session that it opens. A command
//! that only reads and finds the session ended goes once more with the credentials; one that changes something does not, but the next
//! call logs in. Credentials that were refused are never sent again by the client itself: three wrong logins lock the user out.

use super::extras::{Extras, Setting};
use super::settings::CallSettings;
use super::{Ecosys, basic};
use crate::engine::{Outgoing, Read};
use crate::error::{ErrorKind, Failure, Problem};
use crate::exchange::Judged;
use crate::{Error, Result};
use bindwire_wire::{Class, Effect, OpenEnum};
use secrecy::SecretString;

/// What the element of a reply ends with, and of which operation it is then.
const REPLIES: [&str; 3] = ["ReadResponseElement", "WriteResponseElement", "TriggerResponseElement"];

/// What the element of a reply to a write ends with.
const WRITTEN: &str = REPLIES[1];

/// How a request is let in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// With the client's credentials.
    Credentials,
    /// With the cookie of the session that is open.
    Session,
    /// With what the command itself says.
    Own,
}

/// Sends a command.
pub(super) async fn run(
    ecosys: &Ecosys,
    outgoing: &mut Outgoing,
    own: &CallSettings,
    read: &mut Read<'_>,
) -> Result<Judged> {
    let object = object(outgoing)?;
    let refusals = ecosys.jar.refusals();
    let is_own = says(outgoing, &object, "Username").is_some();
    if is_own || !ecosys.settings.keep_session {
        let entry = if is_own { Entry::Own } else { Entry::Credentials };
        return send(ecosys, outgoing, own, &object, entry, read).await;
    }
    if let Some(session) = ecosys.jar.session() {
        let first = send(ecosys, outgoing, own, &object, Entry::Session, read).await;
        let Err(error) = first else { return first };
        if !is_shut_out(&error) {
            return Err(error);
        }
        ecosys.jar.forget(session);
        if outgoing.subject.effect != Effect::Read {
            return Err(error.in_ended_session());
        }
    }
    let turn = ecosys.turn.enter();
    let turn = ecosys.engine.in_time(&outgoing.subject, outgoing.options.deadline, turn).await?;
    if let Some(error) = ecosys.jar.refused_since(refusals) {
        return Err(error);
    }
    if ecosys.jar.session().is_some() {
        drop(turn);
        return send(ecosys, outgoing, own, &object, Entry::Session, read).await;
    }
    let result = send(ecosys, outgoing, own, &object, Entry::Credentials, read).await;
    match &result {
        Err(error) if is_shut_out(error) => ecosys.jar.refuse(error),
        // A refusal of another kind shows that the credentials were right.
        Ok(_) => ecosys.jar.let_in(),
        Err(error) if error.refusal().is_some() => ecosys.jar.let_in(),
        Err(_) => ecosys.jar.close(),
    }
    if ends(outgoing, own, &object) {
        ecosys.jar.close();
    }
    result
}

async fn send(
    ecosys: &Ecosys,
    outgoing: &mut Outgoing,
    own: &CallSettings,
    object: &str,
    entry: Entry,
    read: &mut Read<'_>,
) -> Result<Judged> {
    outgoing.soap.carried = Some(Box::new(extras(ecosys, outgoing, own, object, entry)?));
    let result = ecosys.engine.run(outgoing, read).await;
    if entry == Entry::Session && result.is_ok() && ends(outgoing, own, object) {
        ecosys.jar.close();
    }
    result
}

/// What a request carries beside its command.
fn extras(ecosys: &Ecosys, outgoing: &Outgoing, own: &CallSettings, object: &str, entry: Entry) -> Result<Extras> {
    let settings = &ecosys.settings;
    let [username, password] = &*ecosys.engine.credentials else {
        unreachable!("a client has the credentials that the spec names")
    };
    let with_credentials = entry == Entry::Credentials;
    let basic = match with_credentials && settings.http_basic {
        true => Some(basic::token(username, password).ok_or_else(|| {
            let problem =
                Problem::new("a name with a colon cannot go with HTTP Basic authentication; send it in the options");
            Error::new(outgoing.subject.clone(), Failure::from(problem), 0, None)
        })?),
        false => None,
    };
    let in_options = with_credentials && !settings.http_basic;
    let credential = |value: &SecretString| in_options.then(|| value.clone());
    let mut options: Vec<Setting> =
        vec![("Username", credential(username), true), ("Password", credential(password), true)];
    let mut option = |name, value: Option<String>| options.push((name, value.map(SecretString::from), false));
    let flag = |value: bool| value.to_string();
    option("IncludeMetaData", own.include_meta_data.or(settings.include_meta_data).map(flag));
    let keeps = settings.keep_session && entry != Entry::Own;
    option("LogoutSession", own.logout.or(keeps.then_some(false)).map(flag));
    if outgoing.info.reply.xml.root.ends_with(WRITTEN) {
        let CallSettings { log_level, log_title, log_debug, .. } = own;
        let level = log_level.as_ref().or(settings.log_level.as_ref());
        option("LogLevel", level.map(|level| level.wire_text().to_owned()));
        option("LogTitle", log_title.clone().or_else(|| settings.log_title.clone()));
        let debug = log_debug.as_ref().or(settings.log_debug.as_ref());
        option("LogDebug", debug.map(|debug| debug.wire_text().to_owned()));
    }
    Ok(Extras {
        address: ecosys.engine.endpoint.replace("{api}", &api(outgoing)),
        record: format!("{object}Options"),
        options,
        basic,
        jar: keeps.then(|| ecosys.jar.clone()),
    })
}

/// The object or event that a command is about, as messages call it.
fn object(outgoing: &Outgoing) -> Result<String> {
    let named = outgoing.query.names().map(|names| names.reply.as_str());
    let root = named.unwrap_or(outgoing.info.reply.xml.root);
    let object = REPLIES.iter().find_map(|end| root.strip_suffix(end)).filter(|object| !object.is_empty());
    object.map(str::to_owned).ok_or_else(|| {
        let what = "the command is none of an EcoSys object or event";
        Error::new(outgoing.subject.clone(), Failure::new(ErrorKind::InvalidRequest, what), 0, None)
    })
}

/// The name of the published API, which the namespace ends in.
fn api(outgoing: &Outgoing) -> String {
    let namespace = match (outgoing.query.names(), outgoing.info.api.soap) {
        (Some(names), _) => names.namespace.to_string(),
        (None, Some(soap)) => soap.namespace(outgoing.query.command(), ""),
        (None, None) => String::new(),
    };
    namespace.rsplit('/').next().unwrap_or_default().to_owned()
}

/// What the command itself says of an option.
fn says<'o>(outgoing: &'o Outgoing, object: &str, option: &str) -> Option<&'o str> {
    let path = format!("{object}Options/{option}");
    outgoing.query.pairs().find(|(name, _)| *name == path).map(|(_, value)| value)
}

/// Whether the session ends with the request.
fn ends(outgoing: &Outgoing, own: &CallSettings, object: &str) -> bool {
    says(outgoing, object, "LogoutSession").map_or(own.logout == Some(true), |says| says == "true")
}

/// Whether the answer is that nobody of that name, or with that cookie, is let in.
fn is_shut_out(error: &Error) -> bool {
    error.http_status() == Some(401) || error.class() == Some(Class::Auth)
}

/// Whether a command writes records, so that its answer has results.
pub(super) fn is_write(outgoing: &Outgoing) -> bool {
    outgoing.info.reply.xml.root.ends_with(WRITTEN)
}
