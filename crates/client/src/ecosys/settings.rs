//! What a client of this API can be set to, for all its calls and for one.

use super::{Call, Ecosys};
use crate::Builder;
use crate::soap::SoapClient;
use bindwire_ecosys::types::{LogDebug, LogLevel};
use bindwire_wire::Command;

/// What only this API's client can be set to.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub(super) http_basic: bool,
    pub(super) keep_session: bool,
    pub(super) include_meta_data: Option<bool>,
    pub(super) log_level: Option<LogLevel>,
    pub(super) log_title: Option<String>,
    pub(super) log_debug: Option<LogDebug>,
}

/// What a call sets for itself; the client's own settings count for the rest.
#[derive(Debug, Clone, Default)]
pub struct CallSettings {
    pub(super) include_meta_data: Option<bool>,
    pub(super) logout: Option<bool>,
    pub(super) log_level: Option<LogLevel>,
    pub(super) log_title: Option<String>,
    pub(super) log_debug: Option<LogDebug>,
}

impl<F> Builder<SoapClient<Ecosys, F>, F> {
    /// Asks another address than the one that the builder was made with, of the same form.
    pub fn address(self, address: impl Into<String>) -> Self {
        self.at_address(address.into())
    }

    /// Sends the credentials with HTTP Basic authentication, in place of the options of each request.
    pub fn http_basic(mut self, http_basic: bool) -> Self {
        self.settings.http_basic = http_basic;
        self
    }

    /// Keeps a session by its cookie, so that one login serves for many calls: requests say `LogoutSession` false. Otherwise each
    /// request logs in, and the server logs it out at its end.
    ///
    /// The session is this client's and its clones' own. A login ends any other session of the same user, an interactive one too.
    pub fn keep_session(mut self, keep_session: bool) -> Self {
        self.settings.keep_session = keep_session;
        self
    }

    /// Asks for meta data and performance figures in each answer (`IncludeMetaData`).
    pub fn include_meta_data(mut self, include: bool) -> Self {
        self.settings.include_meta_data = Some(include);
        self
    }

    /// What of each write goes into the batch job log (`LogLevel`); nothing unless it is said.
    pub fn log_level(mut self, level: LogLevel) -> Self {
        self.settings.log_level = Some(level);
        self
    }

    /// The title of each entry in the batch job log (`LogTitle`).
    pub fn log_title(mut self, title: impl Into<String>) -> Self {
        self.settings.log_title = Some(title.into());
        self
    }

    /// What goes into the batch job log beside that (`LogDebug`).
    pub fn log_debug(mut self, debug: LogDebug) -> Self {
        self.settings.log_debug = Some(debug);
        self
    }
}

impl<C: Command, F> Call<'_, C, F> {
    /// Asks for meta data and performance figures in the answer (`IncludeMetaData`).
    pub fn include_meta_data(mut self, include: bool) -> Self {
        self.own.include_meta_data = Some(include);
        self
    }

    /// Whether the session ends with this request (`LogoutSession`).
    pub fn logout(mut self, logout: bool) -> Self {
        self.own.logout = Some(logout);
        self
    }

    /// What of the write goes into the batch job log (`LogLevel`).
    pub fn log_level(mut self, level: LogLevel) -> Self {
        self.own.log_level = Some(level);
        self
    }

    /// The title of the entry in the batch job log (`LogTitle`).
    pub fn log_title(mut self, title: impl Into<String>) -> Self {
        self.own.log_title = Some(title.into());
        self
    }

    /// What goes into the batch job log beside that (`LogDebug`).
    pub fn log_debug(mut self, debug: LogDebug) -> Self {
        self.own.log_debug = Some(debug);
        self
    }
}
