//! Plain text for people: wrapped paragraphs and aligned columns.

/// Columns that a line has at most, where its words allow.
pub const WIDTH: usize = 100;

/// Appends `words` wrapped: the first line begins with `first`, the others with `rest`.
pub fn wrap(out: &mut String, first: &str, rest: &str, words: &str) {
    out.push_str(first);
    let mut column = first.chars().count();
    let mut is_fresh = true;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if !is_fresh && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(rest);
            column = rest.chars().count();
            is_fresh = true;
        }
        if !is_fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        is_fresh = false;
    }
    out.push('\n');
}

/// Rows as aligned columns, two blanks apart; no blanks at the end of a line.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width_of = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width_of(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count()) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// `a`, `b` or `c`, each in backticks.
pub fn alternatives(names: &[String], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., end] => format!("{} {last} {end}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_longer_than_they_must() {
        let mut out = String::new();
        let long = "x".repeat(WIDTH + 1);
        wrap(&mut out, "first  ", "       ", &format!("{} {long} end", "word ".repeat(30)));
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines.iter().all(|line| line.len() <= WIDTH || line.trim() == long), "{out}");
        assert!(lines.iter().skip(1).all(|line| line.starts_with("       ")), "{out}");
    }

    #[test]
    fn columns_are_aligned() {
        let rows = [vec!["a", "bb"], vec!["ccc", ""]].map(|row| row.into_iter().map(str::to_owned).collect());
        assert_eq!(table(&rows), "a    bb\nccc\n");
    }

    #[test]
    fn alternatives_read_as_prose() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(alternatives(&names, "or"), "`a`, `b` or `c`");
        assert_eq!(alternatives(names.get(..1).unwrap(), "or"), "`a`");
    }
}
