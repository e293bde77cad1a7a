//! The words of the entries' texts, with how rare each is in this case: what the grounds from wording compare.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::date::{Day, When};
use crate::model::entry::Entry;
use crate::model::fact::Timeline;
use crate::model::supply::Supplied;

/// Words of one text that are looked at. A note has a few dozen; a report pasted into a cell has thousands.
const MOST_WORDS: usize = 400;

/// Words that say nothing about what a text tells: of every text, and of every chronology.
const COMMON: &str = "the and that was were had has have with for her his she him they them their this there then than from not but \
    are been being who whom what when where which while will would could should can may might did does done also \
    about after before again all any both each more most some such only own same too very into onto over under \
    out off down during until because between through other one two three now no yes per said say told tell asked \
    ask report reported stated noted note advised informed recorded discussed agreed seen came come went gave \
    give given made make got get took take child children mother mum father dad parent parents carer family home \
    house school nursery visit visited call called rang phone telephone contact meeting worker social health \
    visitor nurse police officer staff teacher doctor today yesterday day week time morning evening year old \
    letter";

/// One entry's text.
pub struct Text<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Its words in order, stems by number.
    pub words: Vec<u32>,
    /// Those that say something, each once, sorted.
    pub content: Vec<u32>,
    /// What stands in quotation marks, from three words on, as stems.
    pub quotes: Vec<Vec<u32>>,
}

/// The texts of all entries, in the order of the entries.
pub struct Texts<'a> {
    /// What was supplied.
    pub supplied: &'a Supplied,
    /// The facts.
    pub timeline: &'a Timeline,
    /// The texts.
    pub of: Vec<Text<'a>>,
    /// The words by number.
    pub spelled: Vec<Box<str>>,
    /// In how many texts each word stands.
    pub count: Vec<u32>,
    /// The first and last day of which a text with the word tells.
    pub span: Vec<Option<(Day, Day)>>,
}

impl<'a> Texts<'a> {
    /// Reads the texts. Names of the people of the case are no content: whoever speaks of them uses them.
    pub fn of(supplied: &'a Supplied, timeline: &'a Timeline) -> Self {
        let mut number: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut texts = Self {
            supplied,
            timeline,
            of: Vec::with_capacity(supplied.entries.len()),
            spelled: Vec::new(),
            count: Vec::new(),
            span: Vec::new(),
        };
        let mut dull: Vec<bool> = Vec::new();
        let names = names(supplied);
        let everywhere: FxHashSet<&str> = COMMON.split_whitespace().collect();
        for entry in &supplied.entries {
            let mut number_of = |word: &str| {
                let stem = stem(word);
                if let Some(&known) = number.get(stem) {
                    return known;
                }
                let next = texts.spelled.len() as u32;
                number.insert(stem.into(), next);
                texts.spelled.push(stem.into());
                texts.count.push(0);
                texts.span.push(None);
                let short = stem.chars().count() < 3 && !stem.chars().all(|c| c.is_ascii_digit());
                let common = everywhere.contains(word) || everywhere.contains(stem);
                dull.push(short || common || names.contains(word));
                next
            };
            let lower = entry.text.to_lowercase();
            let all: Vec<u32> = words(&lower).take(MOST_WORDS).map(&mut number_of).collect();
            let quoted = quotes(&lower).into_iter();
            let quoted =
                quoted.map(|quote| words(quote).take(MOST_WORDS).map(&mut number_of).collect());
            let quoted: Vec<Vec<u32>> =
                quoted.filter(|quote: &Vec<u32>| quote.len() >= 3).collect();
            let mut content: Vec<u32> = all.clone();
            content.retain(|word| !dull.get(*word as usize).copied().unwrap_or(true));
            content.sort_unstable();
            content.dedup();
            for word in &content {
                if let Some(count) = texts.count.get_mut(*word as usize) {
                    *count += 1;
                }
                if let (Some(span), Some(day)) =
                    (texts.span.get_mut(*word as usize), entry.when.start())
                {
                    let (first, last) = span.unwrap_or((day, day));
                    *span = Some((first.min(day), last.max(day)));
                }
            }
            texts.of.push(Text {
                entry,
                words: all,
                content,
                quotes: quoted,
            });
        }
        texts
    }

    /// How much it says that two texts share a word: the rarer in this case, the more.
    pub fn weight(&self, word: u32) -> f64 {
        let count = self.count.get(word as usize).copied().unwrap_or(1).max(1);
        (1.0 + self.of.len() as f64 / f64::from(count)).ln()
    }

    /// Whether a word is used of no more than so many days together: the trace of one event, and no stock phrase.
    pub fn is_trace(&self, word: u32, days: i64) -> bool {
        let span = self.span.get(word as usize).copied().flatten();
        span.is_none_or(|(first, last)| (last - first).num_days() <= days)
    }

    /// The persons whom an entry is about, in order.
    pub fn persons(&self, entry: usize) -> &'a [usize] {
        let fact = self.timeline.fact_of.get(entry);
        let fact = fact.and_then(|fact| self.timeline.facts.get(*fact));
        fact.map_or(&[][..], |fact| &fact.persons)
    }

    /// Whether two entries are about somebody in common.
    pub fn share_a_person(&self, one: usize, other: usize) -> bool {
        let other = self.persons(other);
        let mut one = self.persons(one).iter();
        one.any(|person| other.binary_search(person).is_ok())
    }

    /// Content words that two texts share.
    pub fn shared(&self, one: usize, other: usize) -> Vec<u32> {
        let (Some(one), Some(other)) = (self.of.get(one), self.of.get(other)) else {
            return Vec::new();
        };
        let both = one.content.iter().copied();
        both.filter(|word| other.content.binary_search(word).is_ok())
            .collect()
    }

    /// How much of the shorter text the shared words are, by weight: 1 when all of it is in the other.
    pub fn containment(&self, one: usize, other: usize, shared: &[u32]) -> f64 {
        let sum = |words: &[u32]| words.iter().map(|word| self.weight(*word)).sum::<f64>();
        let all = |at: usize| self.of.get(at).map_or(0.0, |text| sum(&text.content));
        let less = all(one).min(all(other));
        if less > 0.0 { sum(shared) / less } else { 0.0 }
    }

    /// The rarest of some words, in quotation marks, for a reason that can be read.
    pub fn rarest(&self, words: &[u32], most: usize) -> String {
        let mut words: Vec<u32> = words.to_vec();
        let spelled = |word: &u32| self.spelled.get(*word as usize).map_or("", |text| text);
        words.sort_by(|a, b| {
            let rarer = self.weight(*b).total_cmp(&self.weight(*a));
            rarer.then_with(|| spelled(a).cmp(spelled(b)))
        });
        let quoted = words
            .iter()
            .take(most)
            .map(|word| format!("“{}”", spelled(word)));
        quoted.collect::<Vec<_>>().join(", ")
    }
}

/// When an entry was written down, else when it came, else when it happened.
pub fn said_on(entry: &Entry) -> Option<Day> {
    let said = [&entry.recorded_on, &entry.received_on, &entry.when];
    said.into_iter().find_map(When::start)
}

/// Whether the first was said before the second; on one day the smaller id is taken to be first.
pub fn said_before(first: &Entry, second: &Entry) -> bool {
    match (said_on(first), said_on(second)) {
        (Some(one), Some(other)) => (one, &first.id) < (other, &second.id),
        _ => false,
    }
}

/// Days between two dates; 0 where they overlap, `None` where one is unknown.
pub fn days_apart(one: &When, other: &When) -> Option<i64> {
    if one.overlaps(other) {
        return Some(0);
    }
    let after = |a: &When, b: &When| Some((b.start()? - a.end()?).num_days());
    Some(after(one, other)?.max(after(other, one)?))
}

/// The words of a text, as it stands.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
}

/// A word without its commonest endings, so that "bruises" and "bruise" are one.
fn stem(word: &str) -> &str {
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    for end in ["ing", "ies", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(end) {
            let long = stem.chars().count() >= 4 && !(end == "s" && stem.ends_with('s'));
            if long {
                return stem
                    .strip_suffix('e')
                    .filter(|s| s.chars().count() >= 4)
                    .unwrap_or(stem);
            }
        }
    }
    word.strip_suffix('e')
        .filter(|s| s.chars().count() >= 4)
        .unwrap_or(word)
}

/// What stands between quotation marks.
fn quotes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (open, close) in [('“', '”'), ('"', '"'), ('‘', '’')] {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once(open) {
            let Some((quote, left)) = after.split_once(close) else {
                break;
            };
            found.push(quote);
            rest = left;
        }
    }
    found
}

/// The words of all names of the case, lower case.
pub fn names(supplied: &Supplied) -> FxHashSet<String> {
    let mut names = FxHashSet::default();
    for record in &supplied.records {
        let cells = [
            &record.given_name,
            &record.middle_names,
            &record.family_name,
            &record.full_name,
        ];
        for cell in cells.into_iter().chain(&record.other_names) {
            for word in words(&cell.to_lowercase()) {
                names.insert(word.to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_taken_off_and_short_words_stay() {
        for (word, wanted) in [
            ("bruises", "bruis"),
            ("bruise", "bruis"),
            ("hungry", "hungry"),
            ("sleeping", "sleep"),
            ("bus", "bus"),
            ("mother’s", "mother"),
            ("glass", "glass"),
        ] {
            assert_eq!(stem(word), wanted);
        }
    }

    #[test]
    fn quotations_are_found_in_all_three_marks() {
        assert_eq!(
            quotes("she said “up all night” and \"no\" and ‘so it is’."),
            ["up all night", "no", "so it is"]
        );
        assert!(quotes("an open “quote").is_empty());
    }
}
