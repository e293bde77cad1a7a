//! Puts the questions of a flow one after the other, and reads an answer a line.

use std::io::{BufRead, Write};

use crate::cli::failure::Failure;
use crate::cli::review::line;
use crate::report::safe::terminal_safe_line;
use crate::sharing::flow::{End, Flow, Next, Question, Sort};

/// How the questions ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The answers stopped before the end: nothing is decided.
    Quit,
    /// At an end of the flow.
    At(End),
}

/// Where answers come from and questions go.
pub struct Course<'a> {
    /// Where answers come from.
    pub answers: &'a mut dyn BufRead,
    /// Where questions go.
    pub out: &'a mut dyn Write,
}

impl Course<'_> {
    /// Asks until the flow is at an end, or the answers are.
    ///
    /// # Errors
    /// When an answer cannot be read or a question not printed.
    pub fn run(&mut self, flow: &mut Flow<'_>) -> Result<Ended, Failure> {
        self.begin(flow)?;
        let mut said = None;
        loop {
            let question = match flow.next() {
                Next::Ended(end) => return Ok(Ended::At(end)),
                Next::Ask(question) => question,
            };
            let decided = flow.decided();
            if decided.is_some() && decided != said {
                said = decided;
                let end = decided.map_or("", End::sentence);
                self.say(&format!("\n{end} Now the record of it."))?;
            }
            self.ask(flow, question)?;
            let Some(answer) = line(self.answers)? else {
                return Ok(Ended::Quit);
            };
            match answer.trim().to_lowercase().as_str() {
                "quit" | "q" => return Ok(Ended::Quit),
                "undo" | "u" => {
                    if flow.back().is_none() {
                        self.say("  Nothing was answered yet.")?;
                    }
                    said = None;
                }
                "codes" if question.sort() == Sort::Codes => self.codes(flow, question)?,
                _ => {
                    if let Err(why) = flow.answer(answer.trim()) {
                        self.say(&format!("  {why}"))?;
                    }
                }
            }
        }
    }

    /// Says what it is about.
    fn begin(&mut self, flow: &Flow<'_>) -> Result<(), Failure> {
        let subject = flow.subject();
        self.say(&format!("Share or not: {}", one_line(&subject.about)))?;
        for entry in &subject.entries {
            self.say(&format!("  entry {}", entry.as_str()))?;
        }
        self.say(&format!("  for {}", subject.recipient))?;
        if let Some(because) = &subject.barrier {
            self.say(&format!(
                "  on the record {} may not see it: {because}",
                subject.recipient
            ))?;
        }
        self.say("  undo takes the last answer back, quit keeps nothing")
    }

    fn ask(&mut self, flow: &Flow<'_>, question: Question) -> Result<(), Failure> {
        let asked = flow.asked(question);
        self.say("")?;
        self.say(&asked.text)?;
        for meaning in &asked.means {
            self.say(&format!("  {}: {}", meaning.answer, meaning.says))?;
        }
        if question.sort() == Sort::Codes {
            self.say("  codes: list the codes that fit")?;
        }
        if !asked.suggested.is_empty() {
            self.say(&format!("  a blank line: {}", one_line(&asked.suggested)))?;
        }
        Ok(())
    }

    fn codes(&mut self, flow: &Flow<'_>, question: Question) -> Result<(), Failure> {
        let codes = flow.choices(question);
        if codes.is_empty() {
            return self.say("  no code of this place fits; answer none");
        }
        codes.iter().try_for_each(|code| {
            self.say(&format!(
                "  {}: {}. {}",
                code.code, code.label, code.meaning
            ))
        })
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        text.split('\n')
            .try_for_each(|line| writeln!(self.out, "{}", terminal_safe_line(line)))
            .and_then(|()| self.out.flush())
            .map_err(|fault| Failure::of_write("the questions", &fault))
    }
}

/// A text on one line: a line of its own could be taken for a question.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
