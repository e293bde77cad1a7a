//! How long work tells how far it is, and learns that it is to stop.

/// Follows a long piece of work. Called from several threads.
pub trait Watch: Sync {
    /// A stage begins: what is being done, in words, and how many steps it has (0 where that is not known).
    fn stage(&self, doing: &'static str, steps: u64);

    /// So many more steps of the stage are done.
    fn done(&self, steps: u64);

    /// Whether to stop; what is half done is then thrown away.
    fn is_stopped(&self) -> bool;
}

/// Nobody follows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn stage(&self, _doing: &'static str, _steps: u64) {}

    fn done(&self, _steps: u64) {}

    fn is_stopped(&self) -> bool {
        false
    }
}
