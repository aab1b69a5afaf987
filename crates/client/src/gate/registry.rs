//! Accounts of this process: every client of one key passes the same gate and takes the same locks.

#[cfg(any(feature = "dynadot", feature = "dynect"))]
use super::Queue;
use super::{AccountGate, Gate, Limits};
#[cfg(feature = "soap")]
use crate::soap::Session;
use secrecy::{ExposeSecret as _, SecretString};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

/// What the clients of one key share.
pub(crate) struct Account {
    gate: Arc<AccountGate>,
    /// Locks by the name of what they are for.
    #[cfg(any(feature = "dynadot", feature = "dynect"))]
    locks: Mutex<HashMap<String, Weak<Queue>>>,
    /// The sessions that its clients use, by what is set for all of a session, where the API has sessions.
    #[cfg(feature = "soap")]
    sessions: Mutex<HashMap<String, Weak<Session>>>,
}

impl Account {
    /// The gate that is used unless another one is given.
    pub fn gate(&self) -> Arc<dyn Gate> {
        self.gate.clone()
    }

    /// The session of the account's clients that have the same set for it.
    #[cfg(feature = "soap")]
    pub fn session(&self, settings: &str) -> Arc<Session> {
        shared(&self.sessions, settings, Arc::default)
    }

    /// The lock called `name`, such as that of a domain's zone.
    #[cfg(any(feature = "dynadot", feature = "dynect"))]
    pub fn lock(&self, name: &str) -> Arc<Queue> {
        shared(&self.locks, name, || Queue::new(1))
    }
}

/// What is shared under a name as long as somebody has it.
#[cfg(any(feature = "dynadot", feature = "soap"))]
fn shared<T>(all: &Mutex<HashMap<String, Weak<T>>>, name: &str, new: impl FnOnce() -> Arc<T>) -> Arc<T> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(name).and_then(Weak::upgrade) {
        return known;
    }
    all.retain(|_, known| known.strong_count() > 0);
    let made = new();
    all.insert(name.to_owned(), Arc::downgrade(&made));
    made
}

/// The accounts by address and a hash of the credentials: these themselves stay where they are.
static ACCOUNTS: LazyLock<(RandomState, Mutex<Accounts>)> = LazyLock::new(Default::default);

type Accounts = HashMap<(String, u64), Weak<Account>>;

/// The account of these credentials at an address. The limits are those of the client that was there first, as long as it lives.
pub(crate) fn account(address: &str, credentials: &[SecretString], limits: Limits) -> Arc<Account> {
    let (hasher, accounts) = &*ACCOUNTS;
    let exposed: Vec<&str> = credentials.iter().map(SecretString::expose_secret).collect();
    let name = (address.to_owned(), hasher.hash_one(exposed));
    let mut accounts = accounts.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(account) = accounts.get(&name).and_then(Weak::upgrade) {
        return account;
    }
    accounts.retain(|_, account| account.strong_count() > 0);
    let account = Arc::new(Account {
        gate: Arc::new(AccountGate::new(limits)),
        #[cfg(any(feature = "dynadot", feature = "dynect"))]
        locks: Mutex::default(),
        #[cfg(feature = "soap")]
        sessions: Mutex::default(),
    });
    accounts.insert(name, Arc::downgrade(&account));
    account
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_at_one_address_is_one_account() {
        let of = |address, key: &str| account(address, &[SecretString::from(key)], Limits::new(1, 60));
        let first = of("https://one.example", "key");
        assert!(Arc::ptr_eq(&first, &of("https://one.example", "key")));
        assert!(!Arc::ptr_eq(&first, &of("https://one.example", "other")));
        assert!(!Arc::ptr_eq(&first, &of("https://two.example", "key")));
    }

    #[cfg(any(feature = "dynadot", feature = "dynect"))]
    #[test]
    fn one_name_is_one_lock_of_its_account() {
        let first = account("https://one.example", &[SecretString::from("key")], Limits::new(1, 60));
        let lock = first.lock("example.com");
        assert!(Arc::ptr_eq(&lock, &first.lock("example.com")));
        assert!(!Arc::ptr_eq(&lock, &first.lock("example.net")));
    }
}
