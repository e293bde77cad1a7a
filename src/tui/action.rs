//! What a user can do, whichever key does it, and the views that there are.

use super::adding::FileKey;

/// The views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    /// The family, the period, what came from whom, what is still open.
    Overview,
    /// Each agency: files, rows, coverage, involvement, requests.
    Sources,
    /// Persons, their records, and the match queue.
    People,
    /// The merged facts.
    Timeline,
    /// Available beside relied on.
    Reliance,
    /// The worklist of flags.
    Flags,
    /// Basis and consent, requests and consultations, share or not.
    Sharing,
    /// What the pack for a meeting holds, and holds back.
    Pack,
    /// Every decision, by whom and when.
    Audit,
}

impl View {
    /// All views in the order of their keys.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Sources,
        Self::People,
        Self::Timeline,
        Self::Reliance,
        Self::Flags,
        Self::Sharing,
        Self::Pack,
        Self::Audit,
    ];

    /// The name on the tab.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Sources => "Sources",
            Self::People => "People",
            Self::Timeline => "Timeline",
            Self::Reliance => "Reliance",
            Self::Flags => "Flags",
            Self::Sharing => "Sharing",
            Self::Pack => "Pack",
            Self::Audit => "Audit",
        }
    }

    /// The position among [`View::ALL`].
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|v| *v == self).unwrap_or(0)
    }
}

/// Something that a user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// To the next part of the list.
    NextPart,
    /// To the part before.
    PreviousPart,
    /// To the other pane.
    OtherPane,
    /// Open what is selected.
    Open,
    /// One step back.
    Back,
    /// One step back, and out of the program when there is none.
    Leave,
    /// Out of the program.
    Quit,
    /// Stop for a while; the shell's `fg` comes back.
    Suspend,
    /// To a view.
    Go(View),
    /// Type a filter.
    Filter,
    /// Find any action by name.
    Palette,
    /// Explain the keys.
    Help,
    /// Mark a fact as relied on, or take that back.
    Mark,
    /// Confirm a suspected echo.
    ConfirmEcho,
    /// Reject a suspected echo.
    RejectEcho,
    /// Show flagged facts only.
    Flagged,
    /// The two records are the same person.
    Same,
    /// The two records are different persons.
    Different,
    /// It cannot be told yet.
    NotSure,
    /// Explain a flag.
    Explain,
    /// Write a note on a fact.
    Note,
    /// Say how much a fact matters.
    Significance,
    /// Say who first observed a fact or was told.
    Origin,
    /// Rely on a fact in a conclusion that is chosen or named.
    MarkFor,
    /// Take back the last step of decisions.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// Clear the screen and ask for the passphrase.
    Lock,
    /// Compute the picture again.
    Again,
    /// Start the tour, or its next step.
    Tour,
    /// The next theme.
    Colours,
    /// The next form of the view.
    OtherForm,
    /// One column left.
    Left,
    /// One column right.
    Right,
    /// Narrow the timeline to an agency, a person, a kind, a basis or a flag.
    Only,
    /// Take a record out of a person.
    Split,
    /// Join two persons.
    Join,
    /// Switch the selected agency off, or on again.
    Switch,
    /// The same for the agency with this letter.
    SwitchLetter,
    /// Switch all agencies on.
    AllOn,
    /// Closer.
    ZoomIn,
    /// Further away.
    ZoomOut,
    /// To the next fact of a lane.
    NextFact,
    /// To the fact before it.
    PreviousFact,
    /// Accept what is typed.
    Accept,
    /// Rub out a letter.
    Rubout,
    /// Rub out everything typed.
    Clear,
    /// See the case as somebody else may see it.
    ViewAs,
    /// Hold the log against the case.
    Verify,
    /// Ask an agency something.
    Ask,
    /// Record how a request was answered.
    Reply,
    /// Share or not.
    Share,
    /// Choose the meeting that the pack is for.
    PackMeeting,
    /// Choose whom the pack is for.
    PackWhom,
    /// Choose what the pack is for.
    PackPurpose,
    /// Write the pack.
    PackWrite,
    /// Add an agency's file: the wizard.
    AddFile,
    /// Fill in the name that is selected.
    Complete,
    /// Something with the columns of a file that is being added.
    File(FileKey),
    /// Let the mouse be used, or leave it to the terminal.
    Mouse,
}

impl Action {
    /// What it does, in words.
    #[expect(clippy::too_many_lines, reason = "a table: one line an action")]
    pub fn words(self) -> &'static str {
        match self {
            Self::Up => "Go one row up",
            Self::Down => "Go one row down",
            Self::PageUp => "Go one page up",
            Self::PageDown => "Go one page down",
            Self::First => "Go to the first row",
            Self::Last => "Go to the last row",
            Self::NextPart => "Go to the next part of the list: heading, kind of flag, year",
            Self::PreviousPart => "Go to the part of the list before",
            Self::OtherPane => "Go to the other pane: the list or what is selected in it",
            Self::Open => "Open the facts behind what is selected; of a fact, its source row",
            Self::Back => "Go one step back; stop what is being computed",
            Self::Leave => "Go one step back, then quit",
            Self::Quit => "Quit at once",
            Self::Suspend => "Stop for a while and go to the shell (fg comes back)",
            Self::Go(View::Overview) => "Show the overview",
            Self::Go(View::Sources) => "Show the sources",
            Self::Go(View::People) => "Show the people and the match queue",
            Self::Go(View::Timeline) => "Show the timeline",
            Self::Go(View::Reliance) => "Show what is relied on beside what is available",
            Self::Go(View::Flags) => "Show the flags",
            Self::Go(View::Sharing) => {
                "Show what may be shared, and what was asked and decided about it"
            }
            Self::Go(View::Pack) => "Show what the pack for the meeting holds",
            Self::Go(View::Audit) => "Show every decision",
            Self::Filter => "Filter the list by text, person or agency",
            Self::Palette => "Find any action by its name",
            Self::Help => "Explain the keys and words of this place",
            Self::Mark => "Rely on this fact, or no longer",
            Self::ConfirmEcho => "This fact is an echo: it repeats the other",
            Self::RejectEcho => "This fact is no echo: it stands on its own",
            Self::Flagged => "Show only facts with a flag, or all again",
            Self::Same => "The two records are the same person",
            Self::Different => "The two records are different persons",
            Self::NotSure => "Not sure: leave the two records a question",
            Self::Explain => "Explain a flag with a reason; the flag stays",
            Self::Note => "Write a note on this fact, or change it",
            Self::Significance => "Say how much this fact matters: 0 to 3",
            Self::Origin => "Say who first observed this fact or was told",
            Self::MarkFor => "Choose or name the conclusion that relies on this fact, or no longer",
            Self::Undo => "Take back the last decision and say what it was",
            Self::Redo => "Decide again what was taken back last and say what it was",
            Self::Lock => "Lock the screen now: it is cleared, nothing typed is lost",
            Self::Again => "Compute the picture again after a stop",
            Self::Tour => "Start the tour, or go to its next step",
            Self::Ask => "Make a request: ask an agency what would clear a flag, or anything else",
            Self::PackMeeting => "Choose the meeting that the pack is for",
            Self::PackWhom => "Choose whom the pack is for",
            Self::PackPurpose => "Choose for what they get the pack",
            Self::PackWrite => "Write the pack to a file that you name",
            Self::Reply => "Record how this request was answered",
            Self::Share => {
                "Share or not: the questions about this fact or request, to a record that is kept"
            }
            Self::OtherForm => "See this another way",
            Self::Left => "Go one column left: earlier, or who stands there",
            Self::Right => "Go one column right: later, or who stands there",
            Self::Only => {
                "Show only facts of an agency, a person, a kind, a basis or a flag; the same again: no longer"
            }
            Self::Split => "Take a record out of this person: it is somebody else",
            Self::Join => "Join this person with another: the two are one",
            Self::Switch => "Switch the selected agency off or on, and see which conclusions fall",
            Self::SwitchLetter => "Switch the agency with this capital letter off or on",
            Self::AllOn => "Switch all agencies on again",
            Self::ZoomIn => "Zoom in, down to a week",
            Self::ZoomOut => "Zoom out, up to decades",
            Self::NextFact => "Go to the next fact of this lane",
            Self::PreviousFact => "Go to the fact before in this lane",
            Self::Verify => {
                "Hold the log against the case: is anything changed, taken out or put in?"
            }
            Self::ViewAs => {
                "View as an agency, a kind of agency or the family, or as the analyst again"
            }
            Self::Colours => "Change the colours: dark, light, high-contrast, colour-safe, none",
            Self::Accept => "Accept what is typed",
            Self::Rubout => "Rub out the last letter",
            Self::Clear => "Rub out everything typed",
            Self::AddFile => "Add an agency's file, and settle how it and the next ones are read",
            Self::Complete => "Fill in the name of the file or folder that is selected",
            Self::File(key) => key.words(),
            Self::Mouse => {
                "Use the mouse (Shift held down then selects text), or leave it to the terminal"
            }
        }
    }
}
