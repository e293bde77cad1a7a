//! The keys: one table from which the dispatcher, the footer, the `?` page, the palette and the README's table are made.

mod table;

pub use table::TABLE;

use super::action::{Action, View};
use super::form::Form;

/// A key as the screen knows it, without a terminal library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character that is typed.
    Char(char),
    /// A letter with Ctrl.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

impl Key {
    /// The key's name in letters.
    pub fn name(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            other => format!("{other:?}"),
        }
    }
}

/// Where a key has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In every view, unless the view gives the key another meaning.
    Everywhere,
    /// In one view.
    In(View),
    /// In one form of a view.
    Of(Form),
    /// While something is typed: a search, the palette, a reason.
    Typing,
    /// Over the columns of a file that is being added.
    Adding,
    /// On the page of keys.
    Help,
    /// While a case is read.
    Loading,
    /// While the screen is locked.
    Locked,
}

impl Context {
    /// The heading of the context in tables.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::In(view) => view.name(),
            Self::Of(form) => form.name(),
            Self::Typing => "While typing",
            Self::Adding => "While a file is added",
            Self::Help => "On the page of keys",
            Self::Loading => "While a case is read",
            Self::Locked => "While the screen is locked",
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys; the first is the one that the footer names.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// One or two words for the footer; empty: not in the footer.
    pub short: &'static str,
}

impl Binding {
    /// What it does here, in words: of the ways to see a view the one that comes next.
    pub fn words(&self) -> String {
        let here = match self.context {
            In(view) => Some((view, Form::List)),
            Of(form) => form.view().map(|view| (view, form)),
            _ => None,
        };
        match here.filter(|_| self.action == Action::OtherForm) {
            Some((view, form)) => {
                let next = form.after(view).name().to_lowercase();
                format!("{}: {next}", self.action.words())
            }
            None => self.action.words().to_owned(),
        }
    }
}

use Context::{Everywhere, In, Of};

/// The action of a key in a context. A form's own meaning of a key goes before its view's, and that before the one it has
/// everywhere.
pub fn action(context: Context, key: Key) -> Option<Action> {
    binding(context, key).map(|binding| binding.action)
}

fn binding(context: Context, key: Key) -> Option<&'static Binding> {
    layers(context).find_map(|layer| {
        TABLE
            .iter()
            .find(|b| b.context == layer && b.keys.contains(&key))
    })
}

/// Where else a key has a meaning of its own: the views, each with its key. The letters of agencies are told beside them.
pub fn elsewhere(key: Key) -> Vec<String> {
    let bindings = TABLE
        .iter()
        .filter(|b| b.keys.contains(&key) && b.action != Action::SwitchLetter);
    let mut places: Vec<(View, &str)> = bindings
        .filter_map(|b| match b.context {
            In(view) => Some((view, view.name())),
            Of(form) => form.view().map(|view| (view, form.name())),
            _ => None,
        })
        .collect();
    places.sort();
    let places = places.into_iter();
    places
        .map(|(view, name)| format!("{name} ({})", view.index() + 1))
        .collect()
}

/// The contexts that hold in one, the narrowest first: a form, its view, everywhere.
fn layers(context: Context) -> impl Iterator<Item = Context> {
    let view = match context {
        Of(form) => form.view().map(In),
        _ => None,
    };
    let common = matches!(context, In(_) | Of(_)).then_some(Everywhere);
    std::iter::once(context).chain(view).chain(common)
}

/// The bindings that hold in a context, the narrowest first. What no key leads to here is left out.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    let all = layers(context).flat_map(|layer| TABLE.iter().filter(move |b| b.context == layer));
    all.filter(move |of| is_reached(context, of))
}

/// Whether any key leads to a binding in a context. Bindings are compared by what they hold: a constant has no one address, so
/// an optimised build may read the same row of the table from two places.
fn is_reached(context: Context, of: &Binding) -> bool {
    let mut keys = of.keys.iter();
    keys.any(|key| binding(context, *key).is_some_and(|held| held == of))
}

/// More keys than this, one letter after the other, are named by the first and the last.
const MANY: usize = 8;

/// The names of a binding's keys, with commas.
pub fn key_names(binding: &Binding) -> String {
    let names: Vec<String> = binding.keys.iter().map(|key| key.name()).collect();
    match names.as_slice() {
        [first, .., last] if names.len() > MANY => format!("{first} to {last}"),
        _ => names.join(", "),
    }
}

/// The table of keys for the README.
pub fn markdown() -> String {
    let mut out = String::from("| where | keys | what they do |\n|---|---|---|\n");
    for binding in TABLE {
        let keys = key_names(binding).replace('|', "\\|");
        out.push_str("| ");
        out.push_str(binding.context.words());
        out.push_str(" | ");
        out.push_str(&keys);
        out.push_str(" | ");
        out.push_str(&binding.words());
        out.push_str(" |\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Context::{Adding, Help, Loading, Locked, Typing};
    use super::Key::{Char, Ctrl};
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        let mut seen = BTreeSet::new();
        for binding in TABLE {
            for key in binding.keys {
                assert!(
                    seen.insert((binding.context, *key)),
                    "{:?} {key:?}",
                    binding.context
                );
            }
        }
    }

    #[test]
    fn every_action_has_words_and_ctrl_c_always_quits() {
        for binding in TABLE {
            assert!(!binding.action.words().is_empty(), "{:?}", binding.action);
        }
        for context in [
            Typing,
            Adding,
            Help,
            Loading,
            Locked,
            In(View::Flags),
            In(View::Overview),
        ] {
            assert_eq!(action(context, Ctrl('c')), Some(Action::Quit));
        }
    }

    #[test]
    fn a_typed_letter_is_never_a_command_while_typing() {
        assert!(TABLE.iter().all(|b| !matches!(b.context, Typing | Locked)
            || b.keys.iter().all(|k| !matches!(k, Char(_)))));
    }

    #[test]
    fn a_binding_is_reached_wherever_it_lies_in_memory() {
        for binding in TABLE {
            let copy = *binding;
            assert!(is_reached(copy.context, &copy), "{copy:?}");
        }
        let hidden = bindings(Of(Form::Lanes)).filter(|b| b.keys == [Char('v')]);
        assert_eq!(
            hidden.count(),
            1,
            "the view's own v is hidden by the form's"
        );
    }

    #[test]
    fn a_view_promises_the_next_way_to_see_it_and_no_other() {
        let words = |context| {
            let mut all = bindings(context);
            all.find(|b| b.action == Action::OtherForm).unwrap().words()
        };
        let seen = "See this another way: ";
        assert_eq!(words(In(View::Timeline)), format!("{seen}swim lanes"));
        assert_eq!(words(Of(Form::Lanes)), format!("{seen}list"));
        assert_eq!(words(Of(Form::Family)), format!("{seen}agency ring"));
    }

    #[test]
    fn the_readme_table_has_a_row_a_binding() {
        assert_eq!(markdown().lines().count(), TABLE.len() + 2);
        assert!(markdown().contains("| Timeline | Space, m | Rely on this fact, or no longer |"));
    }
}
