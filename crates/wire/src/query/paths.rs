//! Params put by their paths, for those who have no types: the caller says what a level is, and this where it stands.

use super::{Pair, Query, Sort};
use std::borrow::Cow;

impl Query {
    /// Puts a value by its path, for those who have no types: names with `/` between them, items of lists with their number, as
    /// `rdata/address` or `endpoints[0]/address`. Levels above it that are not there yet are put first, without a type; the value
    /// stands behind all else on its level, unless a place was kept for it.
    ///
    /// `xsd` is its type of XML Schema, as `string` or `int`.
    pub fn put_at(&mut self, path: &str, value: &str, secret: bool, xsd: &'static str) {
        self.put_above(path);
        self.place(path, value, secret, Sort::Value(xsd));
    }

    /// Puts a record by its path, as [`Self::put_at`] does a value; what stands in it is put then. Nothing happens when it is
    /// there.
    ///
    /// `kind` is its type's name in the schema, which an encoded request tells: `StructContact`.
    pub fn put_record_at(&mut self, path: &str, kind: impl Into<Cow<'static, str>>) {
        if !self.is_put(path) {
            self.put_above(path);
            self.place(path, "", false, Sort::Record(kind.into()));
        }
    }

    /// Puts a list by its path, as [`Self::put_record_at`] does a record.
    ///
    /// `kind` is the type of its items: a name of the schema for records, one of XML Schema for values, and `MapEntry` for a
    /// map, whose items are records with a `key` and a `value`.
    pub fn put_list_at(&mut self, path: &str, kind: impl Into<Cow<'static, str>>) {
        if !self.is_put(path) {
            self.put_above(path);
            self.place(path, "", false, Sort::List(0, kind.into()));
        }
    }

    /// Whether something stands at a path; a place that is kept is nothing.
    fn is_put(&self, path: &str) -> bool {
        self.pairs.iter().any(|pair| pair.name == path && pair.sort != Sort::Absent)
    }

    /// Puts the levels above a path that are not there yet.
    fn put_above(&mut self, path: &str) {
        for (end, _) in path.char_indices().filter(|(_, character)| matches!(character, '/' | '[')) {
            let above = &path[..end];
            if !self.is_put(above) {
                let is_list = path[end..].starts_with('[');
                let sort = if is_list { Sort::List(0, "".into()) } else { Sort::Record("".into()) };
                self.place(above, "", false, sort);
            }
        }
    }

    /// Puts a pair into the place that was kept for it, or behind all that stands on its level.
    fn place(&mut self, path: &str, value: &str, secret: bool, sort: Sort) {
        let (name, value, separator) = (path.to_owned(), value.to_owned(), String::new());
        let pair = Pair { name, base: base(path), value, separator, secret, sort };
        if let Some(kept) = self.pairs.iter_mut().find(|pair| pair.name == path && pair.sort == Sort::Absent) {
            *kept = pair;
        } else {
            let level = path.rfind(['/', '[']).map_or("", |end| &path[..end]);
            let on_level = |pair: &Pair| {
                pair.name.strip_prefix(level).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '[']))
            };
            let last = self.pairs.iter().rposition(on_level).filter(|_| !level.is_empty());
            self.pairs.insert(last.map_or(self.pairs.len(), |last| last + 1), pair);
        }
        self.count_item(path);
    }

    /// Tells the list whose item a path is how many items it has.
    fn count_item(&mut self, path: &str) {
        let end = base(path);
        let index = path.get(end + 1..).and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        let list = self.pairs.iter_mut().find(|pair| pair.name == path[..end]);
        if let (Some(index), Some(Sort::List(count, _))) = (index, list.map(|pair| &mut pair.sort)) {
            *count = (*count).max(index + 1);
        }
    }
}

/// Bytes of a path without the number at its end.
fn base(path: &str) -> usize {
    if path.ends_with(']') { path.rfind('[').unwrap_or(path.len()) } else { path.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &Query) -> Vec<&str> {
        query.pairs.iter().map(|pair| pair.name.as_str()).collect()
    }

    #[test]
    fn a_value_stands_on_its_level_whatever_was_put_before() {
        let mut query = Query::new("host");
        query.put_record_at("rdata", "RDataA");
        query.put_at("rdata/address", "192.0.2.1", false, "string");
        query.put_at("ttl", "60", false, "int");
        query.put_at("rdata/note", "x", false, "string");
        query.put_at("list[0]/a", "1", false, "string");
        query.put_at("rdata2", "y", false, "string");
        query.put_at("list[1]/a", "2", false, "string");
        query.put_at("list[0]/b", "3", false, "string");
        assert_eq!(
            names(&query),
            [
                "rdata",
                "rdata/address",
                "rdata/note",
                "ttl",
                "list",
                "list[0]",
                "list[0]/a",
                "list[0]/b",
                "list[1]",
                "list[1]/a",
                "rdata2",
            ]
        );
        assert_eq!(
            query.to_string(),
            "rdata/address=192.0.2.1&rdata/note=x&ttl=60&list[0]/a=1&list[0]/b=3&list[1]/a=2&rdata2=y"
        );
        let list = query.pairs.iter().find(|pair| pair.name == "list").unwrap();
        assert!(matches!(&list.sort, Sort::List(2, kind) if kind.is_empty()));
    }

    #[test]
    fn a_level_that_is_there_is_not_put_again() {
        let mut query = Query::new("host");
        query.put_list_at("contacts", "Contact");
        query.put_record_at("contacts[0]", "Contact");
        query.put_record_at("contacts[0]", "Other");
        query.put_list_at("contacts", "Other");
        assert_eq!(names(&query), ["contacts", "contacts[0]"]);
        let is = |pair: &Pair| match &pair.sort {
            Sort::List(1, kind) | Sort::Record(kind) => kind == "Contact",
            _ => false,
        };
        assert!(query.pairs.iter().all(is));
    }

    #[test]
    fn a_place_that_was_kept_is_taken() {
        let mut query = Query::new("host");
        query.places = true;
        for name in ["ip", "ttl", "names"] {
            query.opt(name, &None::<u32>);
        }
        query.put_at("names[0]", "a", false, "string");
        query.put_at("ip", "192.0.2.1", false, "string");
        assert_eq!(names(&query), ["ip", "ttl", "names", "names[0]"]);
        assert_eq!(query.to_string(), "ip=192.0.2.1&names[0]=a");
    }
}
