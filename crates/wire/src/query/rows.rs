//! Records in requests whose names only the run knows: elements with texts, of an object that no spec describes.

use super::{Pair, Query, RequestError, RequestErrorKind, Sort};
use crate::{SoapNames, Text};

/// An element of a row: its name, its text, and whether that is secret.
pub type RowField = (Text, Text, bool);

impl Query {
    /// Says what the messages of the request are called, where only the run knows it.
    ///
    /// # Errors
    /// When the request's name cannot be that of an element.
    pub fn set_names(&mut self, names: SoapNames) -> Result<(), RequestError> {
        self.check_element(&names.request)?;
        self.names = Some(Box::new(names));
        Ok(())
    }

    /// What the messages of the request are called, where only the run knows it.
    pub fn names(&self) -> Option<&SoapNames> {
        self.names.as_deref()
    }

    /// Puts a record called `name` with these elements; an empty text is sent as an empty element.
    ///
    /// # Errors
    /// When a name cannot be that of an element, or stands twice.
    pub fn row(&mut self, name: &str, fields: &[RowField]) -> Result<(), RequestError> {
        self.check_element(name)?;
        self.put_row(name.to_owned(), name.len(), fields)
    }

    /// Puts such a record for each of a list, in which there must be one, and in each record an element.
    ///
    /// # Errors
    /// When there is none, and as [`Self::row`].
    pub fn rows<'r>(
        &mut self,
        name: &str,
        rows: impl ExactSizeIterator<Item = &'r [RowField]>,
    ) -> Result<(), RequestError> {
        self.check_element(name)?;
        if rows.len() == 0 {
            return Err(self.empty(name, format_args!("param `{name}` is required, but no record was given")));
        }
        self.pairs.push(Pair::level(name.to_owned(), name.len(), Sort::List(rows.len(), "".into())));
        for (index, fields) in rows.enumerate() {
            let path = format!("{name}[{index}]");
            if fields.is_empty() {
                return Err(self.empty(&path, format_args!("record `{path}` has no element; give it one at least")));
            }
            self.put_row(path, name.len(), fields)?;
        }
        Ok(())
    }

    fn put_row(&mut self, path: String, base: usize, fields: &[RowField]) -> Result<(), RequestError> {
        self.pairs.push(Pair::level(path.clone(), base, Sort::Record("".into())));
        for (index, (name, text, secret)) in fields.iter().enumerate() {
            self.check_element(name)?;
            let path = format!("{path}/{name}");
            if fields[..index].iter().any(|(earlier, ..)| earlier == name) {
                let message = format_args!("param `{path}` is there already and would be sent twice; leave one out");
                return Err(self.error(RequestErrorKind::Repeated, &path, message));
            }
            let base = path.len();
            self.pairs.push(Pair::value(path, base, text.to_string(), *secret, "string"));
        }
        Ok(())
    }

    fn empty(&self, param: &str, message: std::fmt::Arguments<'_>) -> RequestError {
        self.error(RequestErrorKind::Missing, param, message)
    }

    fn check_element(&self, name: &str) -> Result<(), RequestError> {
        let is_letter = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
        let starts_well = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
        if starts_well && name.chars().all(is_letter) {
            return Ok(());
        }
        let message = format_args!("`{}` cannot be sent: that is no name of an element", name.escape_debug());
        Err(self.error(RequestErrorKind::NotAllowed, name, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, text: &str) -> RowField {
        (name.into(), text.into(), false)
    }

    #[test]
    fn rows_are_records_of_a_list() {
        let mut query = Query::new("UpdateThing");
        query.row("ThingParameters", &[field("filter", "a b")]).unwrap();
        let rows = [vec![field("Id", "1"), ("Pin".into(), "1234".into(), true)], vec![field("Id", "")]];
        query.rows("Thing", rows.iter().map(Vec::as_slice)).unwrap();
        assert_eq!(
            query.to_string(),
            "ThingParameters/filter=a%20b&Thing[0]/Id=1&Thing[0]/Pin=<redacted>&Thing[1]/Id="
        );
        assert_eq!(query.items(), 2);
    }

    #[test]
    fn what_cannot_be_a_record_is_told() {
        let wrong = |rows: &[Vec<RowField>]| {
            let error = Query::new("x").rows("Thing", rows.iter().map(Vec::as_slice)).unwrap_err();
            (error.kind(), error.to_string())
        };
        use RequestErrorKind as K;
        assert_eq!(wrong(&[]), (K::Missing, "x: param `Thing` is required, but no record was given".to_owned()));
        assert_eq!(wrong(&[vec![]]).0, K::Missing);
        assert_eq!(wrong(&[vec![field("Id", "1"), field("Id", "2")]]).0, K::Repeated);
        for name in ["", "a b", "a/b", "a><b", "1a", "-a", "a:b", "a[0]"] {
            assert_eq!(wrong(&[vec![field(name, "")]]).0, K::NotAllowed, "{name}");
        }
        let names = SoapNames { request: "a b".into(), reply: "c".into(), namespace: "n".into() };
        assert_eq!(Query::new("x").set_names(names).unwrap_err().kind(), K::NotAllowed);
    }

    #[test]
    fn a_record_is_filled_in_the_order_of_its_schema() {
        let values = [
            ("User", Some("u"), false),
            ("Pin", Some("1234"), true),
            ("Log", None, false),
            ("End", Some("true"), false),
        ];
        let mut query = Query::new("x");
        query.put("other", "1");
        query.fill_record("Options", &values);
        assert_eq!(query.to_string(), "Options/User=u&Options/Pin=<redacted>&Options/End=true&other=1");
        let mut query = Query::new("x");
        query.row("Options", &[field("End", "false"), field("Log", "ALL"), field("More", "m")]).unwrap();
        query.put("other", "1");
        query.fill_record("Options", &values);
        assert_eq!(
            query.to_string(),
            "Options/User=u&Options/Pin=<redacted>&Options/Log=ALL&Options/End=false&Options/More=m&other=1"
        );
        let mut query = Query::new("x");
        query.row("Options", &[]).unwrap();
        query.fill_record("Options", &[("User", None, false)]);
        assert_eq!(query.pairs.len(), 0);
    }
}
