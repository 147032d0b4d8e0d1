//! Tries the right to push to the ledger's ref without changing it.

use super::push::PushAnswer;
use super::session::refused;
use super::shared::Shared;
use crate::ledger::LedgerError;

/// The result of a successful trial.
///
/// The trial pushes the commit that the ref has already. The remote then checks the credentials and their
/// right to push to the repository, but runs no hook and no rule for this ref, because no ref changes. Only
/// the first real push shows that a hook, a protected branch or a ruleset does not refuse it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PushProof {
    /// The credentials may push to the repository.
    Repository,
    /// The ref does not exist yet, so only reading was tried.
    Readable,
}

impl Shared {
    /// Pushes the ref's own commit.
    pub(super) fn prove_push(&self) -> Result<PushProof, LedgerError> {
        let target = &self.target;
        let Some(tip) = target.fetch(None, self.now())?.tip else {
            return Ok(PushProof::Readable);
        };
        match target.push(&tip, self.skips_pipeline) {
            PushAnswer::UpToDate | PushAnswer::Accepted => Ok(PushProof::Repository),
            // Another run has pushed in between, so the remote has compared the commits.
            PushAnswer::Raced(_) => Ok(PushProof::Repository),
            PushAnswer::Refused(error) => Err(refused(target, error)),
            PushAnswer::Unanswered {
                error,
                is_timed_out: true,
            } => Err(target.unreachable(error)),
            PushAnswer::Unanswered { error, .. } => Err(refused(target, error)),
        }
    }
}
