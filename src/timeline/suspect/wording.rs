//! Suspected echoes from wording: the same people, about the same days, later recorded, and rare words, a run of words or
//! a quotation in common.
//!
//! Two people who saw the same thing share its words too (a bruise is a bruise); one who copies shares most of them, or
//! whole phrases. The thresholds were set on the bench of `tests/echoes.rs`.

use rustc_hash::FxHashMap;

use super::Proposal;
use super::words::{Text, Texts, days_apart, said_before};

/// A word in more texts than this leads to nothing: what everybody writes is no trace.
const RARE: u32 = 20;
/// Days between what two entries tell, up to which they may tell the same.
const DAYS: i64 = 7;
/// The same where the wording is close to a copy: a letter comes weeks later.
const DAYS_COPY: i64 = 31;
/// Content words in common, and the share of the shorter text that they are, from which wording is alike.
const SHARED: usize = 4;
const SHARE: f64 = 0.6;
/// The same for what is close to a copy.
const SHARED_COPY: usize = 5;
const SHARE_COPY: f64 = 0.8;
/// Words in a row in common from which a phrase was copied, and from which wording that is alike may be.
const RUN: usize = 6;
const RUN_ALIKE: usize = 4;
/// Content words that such a row holds at the least, and a whole phrase.
const RUN_CONTENT: usize = 2;
const PHRASE_CONTENT: usize = 3;
/// So many content words in common need no row.
const SHARED_ALIKE: usize = 7;
/// Words in common that are used of one time only, at the least: what is used the whole year round is a stock phrase.
const TRACES: usize = 2;

/// What two texts have in common.
struct Likeness {
    shared: Vec<u32>,
    traces: usize,
    share: f64,
    run: usize,
    phrase: usize,
    quote: bool,
}

impl Likeness {
    fn of(texts: &Texts<'_>, one: usize, other: usize) -> Option<Self> {
        let (left, right) = (texts.of.get(one)?, texts.of.get(other)?);
        let shared = texts.shared(one, other);
        let quote = left.quotes.iter().any(|quote| {
            let rare = quote.iter().any(|word| shared.binary_search(word).is_ok());
            rare && contains(&right.words, quote)
        });
        Some(Self {
            share: texts.containment(one, other, &shared),
            run: longest_run(left, right, &shared, RUN_CONTENT),
            phrase: longest_run(left, right, &shared, PHRASE_CONTENT),
            traces: shared
                .iter()
                .filter(|word| texts.is_trace(**word, 2 * DAYS_COPY))
                .count(),
            shared,
            quote,
        })
    }

    /// Whether so much is in common that one may have been taken from the other, so many days apart.
    fn suffices(&self, days: i64) -> bool {
        let row = self.run >= RUN_ALIKE || self.shared.len() >= SHARED_ALIKE;
        let close = self.share >= SHARE && self.shared.len() >= SHARED && row;
        let copy = self.share >= SHARE_COPY && self.shared.len() >= SHARED_COPY && row;
        let phrase = self.phrase >= RUN || self.quote;
        let alike = days <= DAYS && (close || phrase) || days <= DAYS_COPY && copy;
        alike && self.traces >= TRACES
    }

    /// How alike, to choose the likeliest source.
    fn degree(&self) -> (usize, usize) {
        (self.shared.len(), self.run)
    }
}

/// Proposes for each entry the one earlier entry of another agency whose wording is most alike.
pub fn alike(texts: &Texts<'_>) -> Vec<Proposal> {
    let mut postings: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (at, text) in texts.of.iter().enumerate() {
        for word in text.content.iter().filter(|word| is_rare(texts, **word)) {
            postings.entry(*word).or_default().push(at);
        }
    }
    let found = (0..texts.of.len()).filter_map(|at| source(texts, &postings, at));
    found.collect()
}

fn is_rare(texts: &Texts<'_>, word: u32) -> bool {
    texts
        .count
        .get(word as usize)
        .is_some_and(|count| (2..=RARE).contains(count))
}

/// The earlier entry that an entry may repeat.
fn source(texts: &Texts<'_>, postings: &FxHashMap<u32, Vec<usize>>, at: usize) -> Option<Proposal> {
    let text = texts.of.get(at)?;
    let mut common: FxHashMap<usize, usize> = FxHashMap::default();
    for word in &text.content {
        for other in postings.get(word).into_iter().flatten() {
            *common.entry(*other).or_default() += 1;
        }
    }
    let mut candidates: Vec<usize> = common
        .into_iter()
        .filter(|(_, count)| *count >= 2)
        .map(|(other, _)| other)
        .collect();
    candidates.sort_unstable();
    let mut best: Option<(usize, Likeness)> = None;
    for other in candidates {
        let Some(earlier) = texts.of.get(other) else {
            continue;
        };
        let apart = earlier.entry.agency() != text.entry.agency();
        if !apart || !said_before(earlier.entry, text.entry) || !texts.share_a_person(at, other) {
            continue;
        }
        let days = days_apart(&earlier.entry.when, &text.entry.when);
        let Some(days) = days.filter(|days| *days <= DAYS_COPY) else {
            continue;
        };
        let likeness = Likeness::of(texts, at, other)?;
        let better = best
            .as_ref()
            .is_none_or(|(_, known)| likeness.degree() > known.degree());
        if likeness.suffices(days) && better {
            best = Some((other, likeness));
        }
    }
    let (other, likeness) = best?;
    Some((at, other, why(texts, at, other, &likeness)))
}

fn why(texts: &Texts<'_>, at: usize, other: usize, likeness: &Likeness) -> String {
    const MOST: usize = 5;
    let id = |at: usize| {
        texts
            .supplied
            .entries
            .get(at)
            .map_or("", |entry| entry.id.as_str())
    };
    let what = if likeness.quote {
        "a quotation and words"
    } else {
        "words"
    };
    format!(
        "{} shares {what} with {}, which was recorded first: {}",
        id(at),
        id(other),
        texts.rarest(&likeness.shared, MOST)
    )
}

/// Whether a row of words stands in another.
fn contains(words: &[u32], quote: &[u32]) -> bool {
    words
        .windows(quote.len().max(1))
        .any(|window| window == quote)
}

/// The longest row of words that both texts have and that holds so many that say something.
fn longest_run(one: &Text<'_>, other: &Text<'_>, shared: &[u32], content: usize) -> usize {
    let mut best = 0;
    // for each place of the other text the length of the row that ends there, and the content words in it
    let mut before: Vec<(usize, usize)> = vec![(0, 0); other.words.len() + 1];
    for word in &one.words {
        let mut row = vec![(0, 0); other.words.len() + 1];
        let says = usize::from(shared.binary_search(word).is_ok());
        let places = other.words.iter().zip(&before).zip(row.iter_mut().skip(1));
        for ((_, ended), slot) in places.filter(|((here, _), _)| *here == word) {
            *slot = (ended.0 + 1, ended.1 + says);
            if slot.1 >= content {
                best = best.max(slot.0);
            }
        }
        before = row;
    }
    best
}
