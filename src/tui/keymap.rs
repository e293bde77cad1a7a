//! The keys: one table from which the dispatcher, the footer, the `?` page, the palette and the README's table are made.

use super::action::{Action, View};
use super::adding::FileKey;
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

const fn bind(
    context: Context,
    keys: &'static [Key],
    action: Action,
    short: &'static str,
) -> Binding {
    Binding {
        context,
        keys,
        action,
        short,
    }
}

use Context::{Adding, Everywhere, Help, In, Loading, Locked, Of, Typing};
use Key::{
    BackTab, Backspace, Char, Ctrl, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right,
    Tab, Up,
};

/// The capital letters, each of which switches an agency.
const LETTERS: &[Key] = &[
    Char('A'),
    Char('B'),
    Char('C'),
    Char('D'),
    Char('E'),
    Char('F'),
    Char('G'),
    Char('H'),
    Char('I'),
    Char('J'),
    Char('K'),
    Char('L'),
    Char('M'),
    Char('N'),
    Char('O'),
    Char('P'),
    Char('Q'),
    Char('R'),
    Char('S'),
    Char('T'),
    Char('U'),
    Char('V'),
    Char('W'),
    Char('X'),
    Char('Y'),
    Char('Z'),
];

/// Every key of the screen. In the footer they come in this order, those of the view first.
pub const TABLE: &[Binding] = &[
    bind(In(View::Overview), &[Enter], Action::Open, "open facts"),
    bind(In(View::Sources), &[Enter], Action::Open, "open facts"),
    bind(
        In(View::Sources),
        &[Char('w')],
        Action::AddFile,
        "add a file",
    ),
    bind(In(View::People), &[Enter], Action::Open, "open"),
    bind(In(View::People), &[Char('s')], Action::Same, "same"),
    bind(
        In(View::People),
        &[Char('d')],
        Action::Different,
        "different",
    ),
    bind(In(View::People), &[Char('n')], Action::NotSure, "not sure"),
    bind(
        In(View::Timeline),
        &[Char(' '), Char('m')],
        Action::Mark,
        "rely on",
    ),
    bind(In(View::Timeline), &[Enter], Action::Open, "source row"),
    bind(
        In(View::Timeline),
        &[Char('e')],
        Action::ConfirmEcho,
        "echo",
    ),
    bind(
        In(View::Timeline),
        &[Char('i')],
        Action::RejectEcho,
        "no echo",
    ),
    bind(In(View::Timeline), &[Char('f')], Action::Flagged, "flagged"),
    bind(In(View::Timeline), &[Char('n')], Action::Note, "note"),
    bind(
        In(View::Timeline),
        &[Char('s')],
        Action::Significance,
        "significance",
    ),
    bind(In(View::Timeline), &[Char('o')], Action::Origin, "origin"),
    bind(
        In(View::Timeline),
        &[Char('M')],
        Action::MarkFor,
        "conclusion",
    ),
    bind(In(View::Timeline), &[Char('v')], Action::OtherForm, "lanes"),
    bind(In(View::Timeline), &[Char('F')], Action::Only, "only"),
    bind(Of(Form::Lanes), &[Enter], Action::Open, "open facts"),
    bind(Of(Form::Lanes), &[Left], Action::Left, "earlier"),
    bind(Of(Form::Lanes), &[Right], Action::Right, "later"),
    bind(
        Of(Form::Lanes),
        &[Char('+'), Char('=')],
        Action::ZoomIn,
        "in",
    ),
    bind(Of(Form::Lanes), &[Char('-')], Action::ZoomOut, "out"),
    bind(
        Of(Form::Lanes),
        &[Char('.'), Char('>')],
        Action::NextFact,
        "next fact",
    ),
    bind(
        Of(Form::Lanes),
        &[Char(','), Char('<')],
        Action::PreviousFact,
        "before",
    ),
    bind(Of(Form::Lanes), &[Char('v')], Action::OtherForm, "list"),
    bind(In(View::People), &[Char('v')], Action::OtherForm, "picture"),
    bind(In(View::People), &[Char('x')], Action::Split, "take out"),
    bind(In(View::People), &[Char('J')], Action::Join, "join"),
    bind(Of(Form::Family), &[Enter], Action::Open, "open facts"),
    bind(Of(Form::Family), &[Left], Action::Left, "left"),
    bind(Of(Form::Family), &[Right], Action::Right, "right"),
    bind(
        Of(Form::Family),
        &[Tab, BackTab],
        Action::OtherPane,
        "in words",
    ),
    bind(Of(Form::Family), &[Char('v')], Action::OtherForm, "ring"),
    bind(Of(Form::Ring), &[Enter], Action::Open, "open facts"),
    bind(Of(Form::Ring), &[Left], Action::Left, "left"),
    bind(Of(Form::Ring), &[Right], Action::Right, "right"),
    bind(
        Of(Form::Ring),
        &[Tab, BackTab],
        Action::OtherPane,
        "in words",
    ),
    bind(Of(Form::Ring), &[Char('v')], Action::OtherForm, "list"),
    bind(In(View::Reliance), &[Enter], Action::Open, "open facts"),
    bind(
        In(View::Reliance),
        &[Char('v')],
        Action::OtherForm,
        "knock-out",
    ),
    bind(Of(Form::KnockOut), &[Char(' ')], Action::Switch, "off, on"),
    bind(Of(Form::KnockOut), LETTERS, Action::SwitchLetter, ""),
    bind(Of(Form::KnockOut), &[Char('0')], Action::AllOn, "all on"),
    bind(Of(Form::KnockOut), &[Enter], Action::Open, "open facts"),
    bind(
        Of(Form::KnockOut),
        &[Char('v')],
        Action::OtherForm,
        "silence map",
    ),
    bind(
        Of(Form::Silence),
        &[Enter],
        Action::Open,
        "facts of the month",
    ),
    bind(Of(Form::Silence), &[Left], Action::Left, "earlier"),
    bind(Of(Form::Silence), &[Right], Action::Right, "later"),
    bind(
        Of(Form::Silence),
        &[Char('v')],
        Action::OtherForm,
        "disagreements",
    ),
    bind(Of(Form::Slots), &[Enter], Action::Open, "open facts"),
    bind(Of(Form::Slots), &[Char('v')], Action::OtherForm, "list"),
    bind(In(View::Flags), &[Enter], Action::Open, "open facts"),
    bind(In(View::Flags), &[Char('x')], Action::Explain, "explain"),
    bind(In(View::Timeline), &[Char('S')], Action::Share, "share?"),
    bind(In(View::Timeline), &[Char('R')], Action::Ask, "request"),
    bind(In(View::Flags), &[Char('R')], Action::Ask, "request"),
    bind(In(View::Sharing), &[Enter], Action::Open, "open facts"),
    bind(In(View::Sharing), &[Char('R')], Action::Ask, "request"),
    bind(In(View::Sharing), &[Char('y')], Action::Reply, "reply"),
    bind(In(View::Sharing), &[Char('S')], Action::Share, "share?"),
    bind(In(View::Pack), &[Enter], Action::Open, "read"),
    bind(In(View::Pack), &[Char('m')], Action::PackMeeting, "meeting"),
    bind(In(View::Pack), &[Char('w')], Action::PackWhom, "for whom"),
    bind(In(View::Pack), &[Char('p')], Action::PackPurpose, "purpose"),
    bind(In(View::Pack), &[Char('s')], Action::PackWrite, "write"),
    bind(In(View::Audit), &[Enter], Action::Open, "open facts"),
    bind(In(View::Audit), &[Char('v')], Action::Verify, "verify"),
    bind(Everywhere, &[Char('u')], Action::Undo, "undo"),
    bind(Everywhere, &[Ctrl('r')], Action::Redo, ""),
    bind(Everywhere, &[Char('/')], Action::Filter, "filter"),
    bind(Everywhere, &[Char('a')], Action::ViewAs, "view as"),
    bind(Everywhere, &[Char('?')], Action::Help, "help"),
    bind(Everywhere, &[Char(':')], Action::Palette, "any action"),
    bind(
        Everywhere,
        &[Tab, BackTab, Left, Right],
        Action::OtherPane,
        "pane",
    ),
    bind(Everywhere, &[Esc], Action::Back, "back"),
    bind(Everywhere, &[Char('q')], Action::Leave, "quit"),
    bind(Everywhere, &[Up, Char('k')], Action::Up, ""),
    bind(Everywhere, &[Down, Char('j')], Action::Down, ""),
    bind(Everywhere, &[PageUp], Action::PageUp, ""),
    bind(Everywhere, &[PageDown], Action::PageDown, ""),
    bind(Everywhere, &[Home, Char('g')], Action::First, ""),
    bind(Everywhere, &[End, Char('G')], Action::Last, ""),
    bind(Everywhere, &[Char('1')], Action::Go(View::Overview), ""),
    bind(Everywhere, &[Char('2')], Action::Go(View::Sources), ""),
    bind(Everywhere, &[Char('3')], Action::Go(View::People), ""),
    bind(Everywhere, &[Char('4')], Action::Go(View::Timeline), ""),
    bind(Everywhere, &[Char('5')], Action::Go(View::Reliance), ""),
    bind(Everywhere, &[Char('6')], Action::Go(View::Flags), ""),
    bind(Everywhere, &[Char('7')], Action::Go(View::Sharing), ""),
    bind(Everywhere, &[Char('8')], Action::Go(View::Pack), ""),
    bind(Everywhere, &[Char('9')], Action::Go(View::Audit), ""),
    bind(Everywhere, &[Char('r')], Action::Again, ""),
    bind(Everywhere, &[Char('t')], Action::Tour, ""),
    bind(Everywhere, &[Char('c')], Action::Colours, ""),
    bind(Everywhere, &[Ctrl('t')], Action::Mouse, ""),
    bind(Everywhere, &[Ctrl('l')], Action::Lock, ""),
    bind(Everywhere, &[Ctrl('z')], Action::Suspend, ""),
    bind(Everywhere, &[Ctrl('c')], Action::Quit, ""),
    bind(Typing, &[Enter], Action::Accept, "accept"),
    bind(Typing, &[Esc], Action::Back, "leave"),
    bind(Typing, &[Backspace], Action::Rubout, ""),
    bind(Typing, &[Ctrl('u')], Action::Clear, "clear"),
    bind(Typing, &[Tab], Action::Complete, ""),
    bind(Typing, &[Up], Action::Up, ""),
    bind(Typing, &[Down], Action::Down, ""),
    bind(Typing, &[PageUp], Action::PageUp, ""),
    bind(Typing, &[PageDown], Action::PageDown, ""),
    bind(Typing, &[Ctrl('l')], Action::Lock, ""),
    bind(Typing, &[Ctrl('z')], Action::Suspend, ""),
    bind(Typing, &[Ctrl('c')], Action::Quit, ""),
    bind(Adding, &[Enter], Action::File(FileKey::Column), "change"),
    bind(Adding, &[Tab], Action::File(FileKey::GoOn), "go on"),
    bind(Adding, &[Esc], Action::Back, "back"),
    bind(
        Adding,
        &[Char('x')],
        Action::File(FileKey::Keep),
        "keep as is",
    ),
    bind(
        Adding,
        &[Char('r')],
        Action::File(FileKey::Rows),
        "rows, rejects",
    ),
    bind(
        Adding,
        &[Char('o')],
        Action::File(FileKey::DateOrder),
        "dates",
    ),
    bind(
        Adding,
        &[Char('h')],
        Action::File(FileKey::HeaderDown),
        "header",
    ),
    bind(Adding, &[Char('H')], Action::File(FileKey::HeaderUp), ""),
    bind(Adding, &[Up, Char('k')], Action::Up, ""),
    bind(Adding, &[Down, Char('j')], Action::Down, ""),
    bind(Adding, &[PageUp], Action::PageUp, ""),
    bind(Adding, &[PageDown, Char(' ')], Action::PageDown, ""),
    bind(Adding, &[Home, Char('g')], Action::First, ""),
    bind(Adding, &[End, Char('G')], Action::Last, ""),
    bind(Adding, &[Ctrl('l')], Action::Lock, ""),
    bind(Adding, &[Ctrl('z')], Action::Suspend, ""),
    bind(Adding, &[Ctrl('c')], Action::Quit, ""),
    bind(
        Help,
        &[Esc, Char('?'), Char('q'), Enter],
        Action::Back,
        "back",
    ),
    bind(Help, &[Up, Char('k')], Action::Up, ""),
    bind(Help, &[Down, Char('j')], Action::Down, "further"),
    bind(Help, &[PageUp], Action::PageUp, ""),
    bind(Help, &[PageDown, Char(' ')], Action::PageDown, "page"),
    bind(Help, &[Home], Action::First, ""),
    bind(Help, &[End], Action::Last, ""),
    bind(Help, &[Ctrl('l')], Action::Lock, ""),
    bind(Help, &[Ctrl('z')], Action::Suspend, ""),
    bind(Help, &[Ctrl('c')], Action::Quit, ""),
    bind(Loading, &[Esc, Char('q')], Action::Back, "stop"),
    bind(Loading, &[Ctrl('l')], Action::Lock, ""),
    bind(Loading, &[Ctrl('z')], Action::Suspend, ""),
    bind(Loading, &[Ctrl('c')], Action::Quit, ""),
    bind(Locked, &[Enter], Action::Accept, "open again"),
    bind(Locked, &[Backspace], Action::Rubout, ""),
    bind(Locked, &[Ctrl('u'), Esc], Action::Clear, "clear"),
    bind(Locked, &[Ctrl('z')], Action::Suspend, ""),
    bind(Locked, &[Ctrl('c')], Action::Quit, "leave"),
];

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
    all.filter(move |b| {
        let mut keys = b.keys.iter();
        keys.any(|key| binding(context, *key).is_some_and(|held| std::ptr::eq(held, *b)))
    })
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
        out.push_str(binding.action.words());
        out.push_str(" |\n");
    }
    out
}

#[cfg(test)]
mod tests {
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
    fn the_readme_table_has_a_row_a_binding() {
        assert_eq!(markdown().lines().count(), TABLE.len() + 2);
        assert!(markdown().contains("| Timeline | Space, m | Rely on this fact, or no longer |"));
    }
}
