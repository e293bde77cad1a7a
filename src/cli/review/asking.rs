//! Asks: one question at a time, one answer a line, each answer on disk before the next question is printed.

use std::io::{self, BufRead, Read, Write};

use super::question::{About, Answer, Question, open, open_pairs};
use crate::case::reading::{PairOf, for_second_reader};
use crate::case::{CaseError, Hand, OpenCase, Step, last_decided_by, to_undo, words::words};
use crate::cli::failure::Failure;
use crate::model::case::Case;
use crate::model::decision::{Decision, Verdict};
use crate::model::settings::Settings;
use crate::picture::Picture;
use crate::report::safe::terminal_safe_line;

/// An answer is no longer than this, in bytes.
const LONGEST: u64 = 4096;

/// A review that is going on.
pub struct Asking<'a> {
    /// The case.
    pub case: &'a mut OpenCase,
    /// Who answers.
    pub by: &'a str,
    /// The time of an answer.
    pub now: fn() -> i64,
    /// Where answers come from.
    pub answers: &'a mut dyn BufRead,
    /// Where questions go.
    pub out: &'a mut dyn Write,
}

/// How a review ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// How many answers of this session stand.
    pub answered: usize,
    /// How many questions are still open.
    pub open: usize,
}

/// What was answered and passed over in this session.
#[derive(Default)]
struct Course {
    /// Not asked again in this session.
    aside: Vec<About>,
    answered: Vec<About>,
    /// What was taken back; `None` for what was answered before this session.
    undone: Vec<Option<About>>,
    /// Asked next.
    again: Option<About>,
}

impl Course {
    fn answer(&mut self, about: About) {
        self.undone.clear();
        self.again = None;
        self.aside.push(about.clone());
        self.answered.push(about);
    }

    fn undo(&mut self) {
        let last = self.answered.pop();
        self.aside.retain(|one| Some(one) != last.as_ref());
        self.again.clone_from(&last);
        self.undone.push(last);
    }

    fn redo(&mut self) {
        self.again = None;
        if let Some(Some(about)) = self.undone.pop() {
            self.aside.push(about.clone());
            self.answered.push(about);
        }
    }
}

impl<'a> Asking<'a> {
    /// Asks what is open until nothing is or the analyst stops.
    ///
    /// # Errors
    /// When an answer cannot be kept, read or asked for.
    pub fn plain(&mut self) -> Result<Ended, Failure> {
        let mut course = Course::default();
        let mut picture = self.picture(false)?;
        loop {
            let mut questions = open(&picture, &self.case.case().decisions);
            // what was just taken back is asked again first
            questions.sort_by_key(|one| Some(&one.about) != course.again.as_ref());
            let ended = Ended {
                answered: course.answered.len(),
                open: questions.len(),
            };
            let question = questions
                .into_iter()
                .find(|one| !course.aside.contains(&one.about));
            let mut shown = Vec::new();
            if let Some(question) = &question {
                shown = question.evidence(&picture, &self.case.case().decisions);
                self.print(question, &shown, ended.open)?;
            } else if !self.is_more_wanted()? {
                return Ok(ended);
            }
            match (self.answer(question.as_ref())?, question) {
                (Answer::Quit, _) => return Ok(ended),
                (Answer::Skip, Some(question)) => {
                    course.aside.push(question.about);
                    continue;
                }
                (Answer::Undo, _) => {
                    if self.undo()? {
                        course.undo();
                    }
                }
                (Answer::Redo, _) => {
                    let back = self.case.redo(self.hand()).map_err(|fault| told(&fault))?;
                    self.name("brought back", &back, "nothing was taken back before this")?;
                    if !back.is_empty() {
                        course.redo();
                    }
                }
                (answer, Some(question)) => {
                    if let Some(verdict) = question.verdict(answer) {
                        self.keep(verdict, shown)?;
                        course.answer(question.about);
                    }
                }
                (_, None) => {}
            }
            picture = self.picture(false)?;
        }
    }

    /// With no question left, says so where the analyst has an answer to take back; whether to go on.
    fn is_more_wanted(&mut self) -> Result<bool, Failure> {
        if to_undo(&self.case.case().decisions, self.by).is_none() {
            return Ok(false);
        }
        self.say("There is no further question. Answer undo or quit:")?;
        Ok(true)
    }

    /// Asks a second reader, who sees neither what others answered nor a picture made of it.
    ///
    /// # Errors
    /// As for [`Asking::plain`].
    pub fn blind(&mut self) -> Result<Ended, Failure> {
        let decisions = &self.case.case().decisions;
        let as_it_stands = self.picture(false)?;
        let open = open_pairs(&as_it_stands, decisions);
        let asked: Vec<PairOf> = for_second_reader(decisions, open, self.by)
            .into_iter()
            .collect();
        let picture = self.picture(true)?;
        let (mut at, mut answered) = (0, Vec::new());
        loop {
            let question = asked.get(at);
            let question =
                question.map(|(left, right)| Question::of_pair(left.clone(), right.clone()));
            let mut shown = Vec::new();
            if let Some(question) = &question {
                shown = question.evidence(&picture, &[]);
                self.print(question, &shown, asked.len() - answered.len())?;
            } else if answered.is_empty() || !self.is_more_wanted()? {
                break;
            }
            match (self.answer(question.as_ref())?, question) {
                (Answer::Quit, _) => break,
                // what stands before this session may be an answer of the first reader's
                (Answer::Undo, _) => match answered.pop() {
                    Some(before) => {
                        self.undo()?;
                        at = before;
                    }
                    None => self.say("Nothing was answered in this session.")?,
                },
                (Answer::Redo, _) => self.say("To give an answer again, answer again.")?,
                (Answer::Skip, Some(_)) => at += 1,
                (answer, Some(question)) => {
                    if let Some(verdict) = question.second_reading(answer) {
                        self.keep(verdict, shown)?;
                        answered.push(at);
                        at += 1;
                    }
                }
                (_, None) => {}
            }
        }
        Ok(Ended {
            answered: answered.len(),
            open: asked.len() - answered.len(),
        })
    }

    /// The picture; `blind` is that of the exports alone.
    fn picture(&self, blind: bool) -> Result<Picture, Failure> {
        let case = self.case.case();
        let settings = Settings::of_config(&case.supplied.config);
        let picture = if blind {
            let bare = Case {
                supplied: case.supplied.clone(),
                decisions: Vec::new(),
            };
            Picture::of(&bare, &settings)
        } else {
            Picture::of(case, &settings)
        };
        picture.map_err(|fault| Failure::told(&fault.to_string()))
    }

    fn hand(&self) -> Hand<'a> {
        Hand {
            by: self.by,
            at: (self.now)(),
        }
    }

    /// Keeps an answer, and says what was kept.
    fn keep(&mut self, verdict: Verdict, evidence: Vec<String>) -> Result<(), Failure> {
        let step = Step {
            verdicts: vec![(verdict, evidence)],
            why: String::new(),
        };
        let hand = self.hand();
        let made = self.case.decide(step, hand).map_err(|fault| told(&fault))?;
        self.name("kept", &made, "")
    }

    /// Takes the newest step of the analyst's back and names it; whether there was one.
    fn undo(&mut self) -> Result<bool, Failure> {
        let hand = self.hand();
        let gone = self.case.undo(hand).map_err(|fault| told(&fault))?;
        let none = match last_decided_by(&self.case.case().decisions) {
            Some(other) => format!(
                "nothing of yours is there to take back; the last decision is {other}'s, who alone takes it back"
            ),
            None => "nothing is there to take back".to_owned(),
        };
        self.name("taken back", &gone, &none)?;
        Ok(!gone.is_empty())
    }

    /// Says what became of decisions.
    fn name(&mut self, what: &str, which: &[Decision], none: &str) -> Result<(), Failure> {
        let all = &self.case.case().decisions;
        let lines: Vec<String> = which
            .iter()
            .map(|one| format!("{what}: {}", words(&one.verdict, all)))
            .collect();
        if lines.is_empty() {
            return self.say(none);
        }
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// Prints a question.
    fn print(&mut self, question: &Question, shown: &[String], open: usize) -> Result<(), Failure> {
        self.say("")?;
        self.say(&question.head())?;
        self.say(&format!("  {} ({open} open)", question.asks()))?;
        for line in shown {
            self.say(&format!("  {line}"))?;
        }
        self.say(&format!("  Answer {}:", question.takes()))
    }

    /// Reads lines until one is an answer to the question, or to whether to go on.
    fn answer(&mut self, question: Option<&Question>) -> Result<Answer, Failure> {
        let takes = question.map_or("undo or quit", Question::takes);
        loop {
            let Some(line) = line(self.answers)? else {
                return Ok(Answer::Quit);
            };
            if let Some(answer) = Answer::read(&line, question.map(|one| &one.about)) {
                return Ok(answer);
            }
            self.say(&format!("  This is none of the answers. Answer {takes}:"))?;
        }
    }

    fn say(&mut self, line: &str) -> Result<(), Failure> {
        writeln!(self.out, "{}", terminal_safe_line(line))
            .and_then(|()| self.out.flush())
            .map_err(|fault| Failure::of_write("the questions", &fault))
    }
}

/// The next line of the answers; `None` at their end. What is longer than any answer is cut.
pub fn line(from: &mut dyn BufRead) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    let read = loop {
        let read = from.take(LONGEST).read_until(b'\n', &mut bytes);
        match read {
            Ok(0) => break Ok(()),
            Ok(_) if bytes.ends_with(b"\n") => break Ok(()),
            Ok(_) => bytes.truncate(LONGEST as usize),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => break Err(fault),
        }
    };
    read.map_err(|fault| {
        let hint = "answer one line each; what was answered is kept";
        Failure::new(format!("the answers cannot be read: {fault}"), hint)
    })?;
    Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

fn told(fault: &CaseError) -> Failure {
    Failure::told(&fault.to_string())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
