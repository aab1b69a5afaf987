//! Files: many commands or types in several of a size that can be read, by the words that their names begin with.

use super::names::Given;
use std::collections::BTreeMap;

/// Entries of a file, at most.
const MOST: usize = 100;
/// Entries that make a file of their own, at least.
const FEW: usize = 10;

/// The files and the positions of what stands in each, for names in snake_case. One file is called `base` alone.
pub fn split(base: &str, names: &[String]) -> Vec<(String, Vec<usize>)> {
    let all: Vec<usize> = (0..names.len()).collect();
    if all.len() <= MOST {
        return vec![(base.to_owned(), all)];
    }
    let mut given = Given::default();
    let mut files = Vec::new();
    let mut rest = Vec::new();
    for (word, group) in by(&all, |index| word(&names[index], 0)) {
        match group.len() {
            count if count < FEW => rest.extend(group),
            count if count <= MOST => files.push((given.give(&format!("{base}_{word}")), group)),
            _ => {
                let letters = by(&group, |index| word_letter(&names[index]));
                letters_together(&format!("{base}_{word}"), letters, &mut given, &mut files);
            }
        }
    }
    rest.sort_unstable();
    chunks(&format!("{base}_other"), &rest, &mut given, &mut files);
    files
}

fn by<K: Ord>(indices: &[usize], key: impl Fn(usize) -> K) -> BTreeMap<K, Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for index in indices {
        groups.entry(key(*index)).or_default().push(*index);
    }
    groups
}

fn word(name: &str, position: usize) -> &str {
    name.split('_').nth(position).unwrap_or_default()
}

/// The letter that the second word begins with.
fn word_letter(name: &str) -> String {
    word(name, 1).chars().take(1).collect()
}

/// Neighbours in the alphabet in one file, as long as it does not grow too large.
fn letters_together(
    base: &str,
    letters: BTreeMap<String, Vec<usize>>,
    given: &mut Given,
    files: &mut Vec<(String, Vec<usize>)>,
) {
    let mut open: Option<(String, Vec<usize>)> = None;
    for (letter, group) in letters {
        match &mut open {
            Some((_, known)) if known.len() + group.len() <= MOST => known.extend(group),
            _ => {
                let name = if letter.is_empty() { base.to_owned() } else { format!("{base}_{letter}") };
                if let Some((name, mut group)) = open.replace((name, group)) {
                    group.sort_unstable();
                    chunks(&name, &group, given, files);
                }
            }
        }
    }
    if let Some((name, mut group)) = open {
        group.sort_unstable();
        chunks(&name, &group, given, files);
    }
}

fn chunks(name: &str, group: &[usize], given: &mut Given, files: &mut Vec<(String, Vec<usize>)>) {
    files.extend(group.chunks(MOST).map(|part| (given.give(name), part.to_vec())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(counts: &[(&str, usize)]) -> Vec<String> {
        counts.iter().flat_map(|(word, count)| (0..*count).map(move |number| format!("{word}{number}"))).collect()
    }

    fn sizes(names: &[String]) -> Vec<(String, usize)> {
        let files = split("shop", names);
        let mut all: Vec<usize> = files.iter().flat_map(|(_, group)| group.clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..names.len()).collect::<Vec<_>>(), "each stands once");
        files.into_iter().map(|(name, group)| (name, group.len())).collect()
    }

    #[test]
    fn a_few_are_one_file() {
        assert_eq!(sizes(&names(&[("get_a", 100)])), [("shop".to_owned(), 100)]);
    }

    #[test]
    fn many_are_split_by_their_first_word() {
        let all = names(&[("create_x", 60), ("get_x", 50), ("other_x", 10), ("ping_x", 2), ("stop_x", 3)]);
        let wanted = [("shop_create", 60), ("shop_get", 50), ("shop_other", 10), ("shop_other_2", 5)];
        assert_eq!(sizes(&all), wanted.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn and_by_the_letter_of_the_second() {
        let all = names(&[("get_a", 60), ("get_b", 30), ("get_c", 20), ("get_d", 150)]);
        let wanted = [("shop_get_a", 90), ("shop_get_c", 20), ("shop_get_d", 100), ("shop_get_d_2", 50)];
        assert_eq!(sizes(&all), wanted.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn what_has_no_words_is_split_all_the_same() {
        let all = names(&[("get", 0)]).into_iter().chain((0..250).map(|_| "x".to_owned())).collect::<Vec<_>>();
        let wanted = [("shop_x", 100), ("shop_x_2", 100), ("shop_x_3", 50)];
        assert_eq!(sizes(&all), wanted.map(|(name, count)| (name.to_owned(), count)));
    }
}
