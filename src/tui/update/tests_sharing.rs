//! What holds of sharing, requests, the pack, the audit and viewing as somebody else.

use std::sync::Arc;

use crate::case::{Hand, OpenCase, Step, to_redo, to_undo, touches};
use crate::model::case::Case;
use crate::model::decision::{Verdict, standing};
use crate::model::settings::{Recipient, Settings};
use crate::model::words::Told;
use crate::picture::Picture;
use crate::sharing::flow::missing;
use crate::tui::action::{Action, View};
use crate::tui::index::Row;
use crate::tui::keymap::Key;
use crate::tui::log::Log;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::{Effect, Held, Msg};
use crate::tui::pack::outline;
use crate::tui::pack_out::NotWritten;
use crate::tui::sample::{case, press, screen};
use crate::tui::update::update;
use crate::tui::viewing::{self, for_recipient};

use super::tests::find;
use Key::{Backspace, Char, Enter, Esc};

/// The case with one fact that the family was told of, so that they see something.
fn told() -> Case {
    let mut case = case();
    let mut supplied = (*case.supplied).clone();
    supplied.entries[2].told = crate::model::phrase::Coded::Known(Told::Yes);
    case.supplied = Arc::new(supplied);
    case
}

/// A screen over a case in memory, and what carries its effects out.
struct Desk {
    model: Model,
    open: OpenCase,
    whole: Arc<Picture>,
    settings: Settings,
}

impl Desk {
    fn new() -> Self {
        let open = OpenCase::in_memory(told());
        let settings = Settings::of_config(&open.case().supplied.config);
        let whole = Arc::new(Picture::of(open.case(), &settings).unwrap());
        let mut desk = Self {
            model: screen(80, 24),
            open,
            whole,
            settings,
        };
        desk.compute(0);
        desk
    }

    /// Presses keys and does what follows, as the loop would.
    fn press(&mut self, keys: &[Key]) -> Vec<Effect> {
        let mut all = Vec::new();
        for key in keys {
            let effects = update(&mut self.model, Msg::Key(*key));
            all.extend(effects.clone());
            self.carry_out(effects);
        }
        all
    }

    fn typed(&mut self, text: &str) -> Vec<Effect> {
        let letters: Vec<Key> = text.chars().map(Char).collect();
        let mut all = self.press(&letters);
        all.extend(self.press(&[Enter]));
        all
    }

    fn compute(&mut self, job: u64) {
        let whole = Picture::of(self.open.case(), &self.settings).unwrap();
        self.whole = Arc::new(whole);
        let view_as = self.model.view_as.clone();
        let shown = viewing::shown(
            &self.whole,
            self.open.case(),
            &self.settings,
            view_as.as_ref(),
        );
        let (picture, index) = shown.unwrap();
        let effects = update(&mut self.model, Msg::PictureReady(job, picture, index));
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Compute { job, .. } => self.compute(job),
                Effect::Decide {
                    verdicts,
                    why,
                    then,
                } => {
                    let verdicts = verdicts.into_iter().map(|one| (one, Vec::new()));
                    let verdicts = verdicts.collect();
                    self.decide(Step { verdicts, why }, then);
                }
                Effect::DecideOn {
                    verdict,
                    evidence,
                    why,
                    then,
                } => {
                    let verdicts = vec![(verdict, evidence)];
                    self.decide(Step { verdicts, why }, then);
                }
                Effect::Undo => {
                    let made = self.open.undo(HAND).unwrap();
                    let since = made.iter().map(touches).min().unwrap();
                    let msg = Msg::Turned("Taken back.".into(), self.held(), since);
                    let effects = update(&mut self.model, msg);
                    self.carry_out(effects);
                }
                Effect::LayOut { job, ask } => {
                    let (settings, view_as) = (&self.settings, &ask.view_as);
                    let copy = for_recipient(&self.whole, self.open.case(), settings, view_as);
                    let (copy, held) = copy.unwrap();
                    let done = outline(&copy, &ask, held.into_iter().collect());
                    update(&mut self.model, Msg::PackReady(job, Ok(Arc::new(done))));
                }
                _ => {}
            }
        }
    }

    fn decide(&mut self, step: Step, then: crate::tui::msg::Then) {
        let made = self.open.decide(step, HAND).unwrap();
        let since = made.iter().map(touches).min().unwrap();
        let msg = Msg::Decided(then, self.held(), since);
        let effects = update(&mut self.model, msg);
        self.carry_out(effects);
    }

    fn held(&self) -> Held {
        let decisions = &self.open.case().decisions;
        Held {
            decided: standing(decisions).count(),
            can_undo: to_undo(decisions).is_some(),
            can_redo: to_redo(decisions).is_some(),
        }
    }

    fn facts(&self) -> usize {
        self.model.picture.as_ref().unwrap().0.timeline.facts.len()
    }

    fn view_as(&mut self, who: &str, purpose: &str) {
        self.press(&[Char('a')]);
        self.typed(who);
        self.typed(purpose);
    }
}

const HAND: Hand<'static> = Hand {
    by: "A. Analyst",
    at: 60,
};

fn rows(model: &Model) -> Vec<Row> {
    let rows = (0..model.place().shown.len()).filter_map(|at| model.row(at));
    rows.collect()
}

#[test]
fn as_the_family_only_what_they_may_see_is_anywhere_and_a_brings_everything_back() {
    let mut desk = Desk::new();
    let before = desk.model.picture.clone();
    let all = desk.facts();
    desk.view_as("the family", "no purpose");
    let seen = desk.model.picture.as_ref().unwrap().1.seen.clone().unwrap();
    assert_eq!(seen.view_as.recipient, Recipient::Family);
    assert!(seen.sign().starts_with("VIEW AS the family") && seen.held_back.is_empty());
    assert_eq!(desk.facts(), 1);
    for view in View::ALL {
        update(&mut desk.model, Msg::Do(Action::Go(view)));
        let found = format!("{:?}", rows(&desk.model));
        assert!(
            !found.contains("Officers") && !found.contains("tidy"),
            "{view:?} {found}"
        );
    }
    find(&mut desk.model, "shouting");
    assert!(
        desk.model.place().shown.is_empty(),
        "not by searching either"
    );
    desk.press(&[Esc, Esc, Char('a'), Enter]);
    assert_eq!((desk.model.view_as.clone(), desk.facts()), (None, all));
    assert_eq!(desk.model.picture, before, "nothing is left of it");
}

#[test]
fn an_agency_sees_counts_by_reason_of_what_is_held_back() {
    let mut desk = Desk::new();
    let mut supplied = (*desk.open.case().supplied).clone();
    supplied.entries[0].handling = vec![crate::model::phrase::Coded::Known(
        crate::model::words::Handling::AskOriginator,
    )];
    desk.open = OpenCase::in_memory(Case::new(supplied));
    desk.compute(0);
    let all = desk.facts();
    desk.view_as("school", "s47");
    let (_, index) = desk.model.picture.clone().unwrap();
    let seen = index.seen.clone().unwrap();
    assert_eq!(seen.held_back, [("ask police".to_owned(), 1)]);
    assert!(
        seen.sign().contains("1 fact held back (1 ask police)"),
        "{}",
        seen.sign()
    );
    assert!(seen.sign().contains(", s47"));
    assert_eq!(desk.facts(), all - 1);
}

#[test]
fn until_what_they_may_see_is_there_nothing_of_the_case_is_drawn_or_done() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('a'), Key::Down, Enter]);
    let effects = press(&mut model, &[Enter]);
    assert!(matches!(
        effects.as_slice(),
        [Effect::ViewAs(Some(_)), Effect::Compute { .. }]
    ));
    assert!(model.is_covered());
    press(&mut model, &[Char('3')]);
    assert!(model.view == View::Timeline && model.status.contains("being computed"));
    let (picture, index) = model.picture.clone().unwrap();
    let whole = Msg::PictureReady(model.jobs, picture, index);
    update(&mut model, whole);
    assert!(
        model.is_covered(),
        "a picture of everything is not what was asked for"
    );
    let effects = press(&mut model, &[Esc]);
    assert_eq!(effects, [Effect::ViewAs(None)]);
    assert!(!model.is_covered() && model.view_as.is_none());
}

#[test]
fn nothing_is_decided_while_facts_are_held_back() {
    let mut desk = Desk::new();
    desk.view_as("school", "no purpose");
    desk.press(&[Char('4')]);
    for key in [' ', 'n', 's', 'o', 'M', 'u', 'S', 'R'] {
        assert!(desk.press(&[Char(key)]).is_empty(), "{key}");
        assert!(desk.model.overlay.is_none(), "{key}");
        assert!(
            desk.model.status.contains("Nothing is decided"),
            "{key} {}",
            desk.model.status
        );
    }
}

#[test]
fn the_audit_lists_every_decision_newest_first_and_what_was_taken_back() {
    let mut desk = Desk::new();
    find(&mut desk.model, "shouting");
    desk.press(&[Char(' ')]);
    desk.press(&[Char('s')]);
    desk.typed("3");
    desk.press(&[Char('u'), Esc, Char('9')]);
    let decisions: Vec<usize> = rows(&desk.model)
        .iter()
        .filter_map(|row| match row {
            Row::Decision(at) => Some(*at),
            _ => None,
        })
        .collect();
    assert_eq!(decisions, [2, 1, 0]);
    let (_, index) = desk.model.picture.clone().unwrap();
    let all = &index.decisions;
    assert!(all[0].stands() && !all[1].stands() && all[2].is_withdrawal);
    assert_eq!(all[1].taken_back.as_ref().unwrap().0, "A. Analyst");
    assert_eq!(all[0].when, "1970-01-01 00:01");
    // what took it back concerns the fact that it was about
    desk.press(&[Key::Down, Enter]);
    assert_eq!(
        (desk.model.view, desk.model.place().shown.len()),
        (View::Timeline, 1)
    );
    desk.press(&[Esc]);
    assert_eq!(desk.model.view, View::Audit);
    assert!(
        matches!(&rows(&desk.model)[0], Row::Text(words) if words.contains("keeps no decisions"))
    );
}

#[test]
fn the_log_of_a_kept_case_is_read_when_it_is_looked_at_and_held_against_the_case() {
    let mut model = screen(80, 24);
    model.is_kept = true;
    assert!(press(&mut model, &[Char('9')]).contains(&Effect::ReadLog { is_verified: false }));
    assert!(
        press(&mut model, &[Char('1'), Char('9')]).is_empty(),
        "once"
    );
    let log = Log {
        is_read: true,
        ..Log::default()
    };
    update(&mut model, Msg::LogRead(Ok(log)));
    assert_eq!(
        press(&mut model, &[Char('v')]),
        [Effect::ReadLog { is_verified: true }]
    );
    let found = Log {
        verified: vec!["line 3: it was changed".into()],
        is_read: true,
        ..Log::default()
    };
    update(&mut model, Msg::LogRead(Ok(found)));
    assert!(model.status.contains("line 3"));
    assert!(rows(&model).contains(&Row::Text("line 3: it was changed".into())));
    update(&mut model, Msg::LogRead(Err("the disk is gone".into())));
    assert!(model.status.contains("the disk is gone"));
}

#[test]
fn deciding_not_to_share_is_kept_with_its_record_and_undo_takes_it_back() {
    let mut desk = Desk::new();
    find(&mut desk.model, "shouting");
    desk.press(&[Char('S')]);
    desk.typed("somebody new");
    desk.typed("no purpose");
    assert!(matches!(desk.model.overlay, Some(Overlay::Share(_))));
    // no duty, no listed body, no purpose
    let mut asked = 0;
    while matches!(&desk.model.overlay, Some(Overlay::Share(sheet))
        if sheet.flow(&desk.whole.vocabulary).decided().is_none())
    {
        desk.typed("no");
        asked += 1;
        assert!(asked < 9);
    }
    desk.press(&[Backspace]);
    desk.typed("no");
    for answer in [
        "They do nothing for a child.",
        "curiosity",
        "",
        "",
        "yes",
        "not applicable",
        "",
        "by letter",
        "",
        "",
    ] {
        desk.typed(answer);
    }
    let Some(Overlay::Share(sheet)) = &desk.model.overlay else {
        panic!("{:?} {}", desk.model.overlay, desk.model.status)
    };
    let record = sheet.flow(&desk.whole.vocabulary).record().unwrap();
    assert!(
        !record.is_shared && missing(&record).is_empty(),
        "{record:?}"
    );
    assert!(
        desk.open.case().decisions.is_empty(),
        "nothing before it is looked at"
    );
    desk.press(&[Enter]);
    assert!(desk.model.overlay.is_none());
    let decision = desk.open.case().decisions[0].clone();
    assert_eq!(decision.verdict, Verdict::Shared(Box::new(record)));
    assert!(decision.evidence.len() > 9, "each question with its answer");
    desk.press(&[Char('7')]);
    assert!(rows(&desk.model).contains(&Row::Decision(0)));
    desk.press(&[Char('u')]);
    assert!(!rows(&desk.model).contains(&Row::Decision(0)));
}

#[test]
fn answers_of_a_sheet_that_is_left_wait_for_the_same_question() {
    let mut desk = Desk::new();
    find(&mut desk.model, "shouting");
    let start = |desk: &mut Desk| {
        desk.press(&[Char('S')]);
        desk.typed("somebody new");
        desk.typed("no purpose");
    };
    start(&mut desk);
    desk.typed("no");
    desk.typed("perhaps");
    let Some(Overlay::Share(sheet)) = desk.model.overlay.clone() else {
        panic!()
    };
    assert!(sheet.said.contains("yes, no or not sure"), "{}", sheet.said);
    desk.press(&[Esc]);
    assert!(desk.model.overlay.is_none() && desk.model.status.contains("Nothing is decided"));
    start(&mut desk);
    let Some(Overlay::Share(again)) = &desk.model.overlay else {
        panic!()
    };
    assert_eq!(again.answers, ["no"]);
}

#[test]
fn a_request_is_made_answered_and_taken_back() {
    let mut desk = Desk::new();
    update(&mut desk.model, Msg::Today("2026-03-01".parse().unwrap()));
    let count = |desk: &Desk| {
        desk.model
            .picture
            .as_ref()
            .unwrap()
            .0
            .supplied
            .requests
            .len()
    };
    let before = count(&desk);
    desk.press(&[Char('7'), Char('R')]);
    desk.typed("police");
    desk.press(&[Enter]);
    assert!(desk.model.status.contains("Type the question"));
    desk.typed("What is known of February?");
    desk.typed("soon");
    assert!(desk.model.status.contains("no day"));
    desk.press(&[Key::Ctrl('u')]);
    desk.typed("2026-03-10");
    assert_eq!(count(&desk), before + 1);
    let asked = |desk: &Desk| {
        let picture = desk.model.picture.clone().unwrap().0;
        let requests = picture.supplied.requests.iter();
        requests.clone().find(|one| one.id == "hub-1").cloned()
    };
    let request = asked(&desk).unwrap();
    assert_eq!(request.asked_on.date_cell(), "2026-03-01");
    assert_eq!(request.due_on.date_cell(), "2026-03-10");
    assert_eq!(
        (request.asked.as_str(), request.asked_by.as_str()),
        ("police", "social-care")
    );
    let at = rows(&desk.model).iter().position(|row| {
        let picture = &desk.model.picture.as_ref().unwrap().0;
        matches!(row, Row::Request(at) if picture.supplied.requests[*at].id == "hub-1")
    });
    desk.model.place_mut().at = at.unwrap();
    desk.press(&[Char('y')]);
    desk.typed("withheld");
    desk.typed("A court case.");
    let answered = asked(&desk).unwrap();
    assert_eq!(
        (answered.result.text(), answered.reason.as_str()),
        ("withheld", "A court case.")
    );
    assert_eq!(answered.question, "What is known of February?");
    desk.press(&[Char('u'), Char('u')]);
    assert_eq!((asked(&desk), count(&desk)), (None, before));
}

#[test]
fn the_question_that_would_clear_a_flag_stands_ready() {
    let mut desk = Desk::new();
    let picture = desk.model.picture.clone().unwrap().0;
    let flags = picture.flags.flags.iter();
    let askable = flags
        .enumerate()
        .find_map(|(at, flag)| {
            let questions = super::requests::of_flag(&picture, &flag.id);
            Some((at, questions.into_iter().next()?))
        })
        .unwrap();
    desk.press(&[Char('6')]);
    let row = rows(&desk.model)
        .iter()
        .position(|row| *row == Row::Flag(askable.0));
    desk.model.place_mut().at = row.unwrap();
    desk.press(&[Char('R'), Enter]);
    let (_, (agency, question)) = askable;
    let Some(Overlay::OneLine(line)) = &desk.model.overlay else {
        panic!("{:?}", desk.model.overlay)
    };
    assert_eq!(line.text, question.text);
    assert!(line.of.about().contains(agency.as_str()));
}

#[test]
fn the_pack_is_laid_out_for_whom_is_chosen_and_a_file_is_not_written_over_unasked() {
    let mut desk = Desk::new();
    desk.press(&[Char('8')]);
    let name = |desk: &Desk| desk.model.pack.outline.as_ref().unwrap().name.clone();
    assert_eq!(name(&desk), "Social care");
    desk.press(&[Char('w')]);
    desk.typed("school");
    assert_eq!(name(&desk), "School");
    desk.press(&[Char('m')]);
    desk.typed("conference");
    let ask = desk.model.pack.ask.clone().unwrap();
    assert_eq!(ask.view_as.purpose, Some(ask.meeting.threshold()));
    assert!(
        rows(&desk.model)
            .iter()
            .any(|row| matches!(row, Row::Section(_)))
    );
    desk.press(&[Char('s')]);
    let effects = desk.press(&[Enter]);
    let [
        Effect::WritePack {
            path,
            is_forced: false,
            ..
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(path.to_str(), Some("conference.html"));
    let exists = Err(NotWritten::Exists(path.clone()));
    update(&mut desk.model, Msg::PackWritten(exists));
    let effects = desk.press(&[Enter]);
    assert!(effects.is_empty(), "Enter by itself writes over nothing");
    desk.press(&[Esc, Char('s'), Enter]);
    let exists = Err(NotWritten::Exists("conference.html".into()));
    update(&mut desk.model, Msg::PackWritten(exists));
    let effects = desk.press(&[Key::Down, Enter]);
    assert!(matches!(
        effects.as_slice(),
        [Effect::WritePack {
            is_forced: true,
            ..
        }]
    ));
    update(&mut desk.model, Msg::PackWritten(Ok(())));
    assert!(desk.model.status.contains("Written: conference.html"));
    desk.view_as("the family", "no purpose");
    desk.press(&[Char('8'), Char('w')]);
    assert!(desk.model.status.contains("viewed as"));
    assert_eq!(name(&desk), "the family");
    assert!(
        desk.model
            .pack
            .outline
            .as_ref()
            .unwrap()
            .held_back
            .is_empty()
    );
}

#[test]
fn a_half_answered_sheet_is_kept_over_a_hang_up_and_offered_again() {
    let begun = || {
        let mut desk = Desk::new();
        desk.model.is_kept = true;
        desk.press(&[Char('4'), Char('S'), Enter, Enter]);
        let Some(Overlay::Share(sheet)) = &desk.model.overlay else {
            panic!("{:?}", desk.model.overlay)
        };
        assert!(sheet.draft().is_none() && desk.model.unfinished().is_empty());
        desk.press(&[Enter, Char('n')]);
        desk
    };
    let mut desk = begun();
    let Some(Overlay::Share(open)) = desk.model.overlay.clone() else {
        panic!("{:?}", desk.model.overlay)
    };
    assert!(!open.answers.is_empty() && open.typed == "n");
    let under_the_hand = desk.model.unfinished();
    desk.press(&[Esc]);
    assert_eq!(desk.model.unfinished(), under_the_hand, "left or not");
    // the next session
    let mut next = Desk::new();
    let opened = Msg::Opened {
        is_kept: true,
        held: Held::default(),
        drafts: under_the_hand.clone(),
    };
    update(&mut next.model, opened);
    let Some(Overlay::Share(sheet)) = &next.model.overlay else {
        panic!("{:?}", next.model.overlay)
    };
    assert_eq!((&sheet.answers, &sheet.typed), (&open.answers, &open.typed));
    assert!(next.model.status.contains("last left"));
    next.press(&[Esc]);
    assert_eq!(
        next.model.unfinished(),
        under_the_hand,
        "Esc leaves them for later"
    );
    next.press(&[Char('4'), Char('S'), Enter, Enter]);
    assert!(
        next.model.status.contains("still there"),
        "{}",
        next.model.status
    );
    // what it was about is gone: the words are not lost
    let mut gone = under_the_hand;
    if let crate::case::DraftOf::Share(subject, _) = &mut gone[0].of {
        subject.entries = vec![crate::model::id::EntryId::new(
            &crate::model::id::AgencyId::new("gp"),
            "gone",
        )];
    }
    let mut last = Desk::new();
    let opened = Msg::Opened {
        is_kept: true,
        held: Held::default(),
        drafts: gone,
    };
    update(&mut last.model, opened);
    assert!(
        matches!(&last.model.overlay, Some(Overlay::Text(_, text)) if text.contains("half answered"))
    );
}
