//! Why one file could not be read: what is wrong and what to do, one line each.

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing in the file.
    Empty,
    /// The file is not what its name says: no text, no workbook, no JSON.
    NotReadable,
    /// A limit was passed.
    Limit,
    /// The file is broken off or damaged.
    Damaged,
}

/// One file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}\n  hint: {hint}")]
pub struct ReadError {
    /// What kind of fault it is.
    pub fault: Fault,
    /// What is wrong, in one line.
    pub problem: String,
    /// What to do, in one line.
    pub hint: String,
}

impl ReadError {
    /// Makes an error of one kind.
    pub fn new(fault: Fault, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            fault,
            problem: problem.into(),
            hint: hint.into(),
        }
    }

    /// The file has no content.
    pub fn empty() -> Self {
        Self::new(
            Fault::Empty,
            "the file is empty",
            "ask the agency to send it again, or leave the file out",
        )
    }

    /// A limit was passed; `field` is its name in `Limits`, so that the option can be named.
    pub fn limit(field: &str, problem: impl Into<String>) -> Self {
        let option = field.replace('_', "-");
        Self::new(
            Fault::Limit,
            problem,
            format!("if the file is right all the same, raise it with --limit-{option} N"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_names_the_option_that_raises_it() {
        let error = ReadError::limit("cell_bytes", "row 3 is too long");
        assert!(error.hint.contains("--limit-cell-bytes"), "{error}");
        assert_eq!(error.to_string().lines().count(), 2);
    }
}
