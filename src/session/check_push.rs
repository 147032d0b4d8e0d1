//! Checks the right to push the ledger, for `check --online`.

use syndicate_api::{Code, Diagnostic, Finding};

use super::open::Session;
use crate::engine::CheckFinding;
use crate::ledger::{ConfiguredStore, PushProof};

impl Session {
    /// Tries the right to push the ledger's ref, without changing it. Returns nothing for a ledger in a file.
    pub(crate) async fn check_push(&self) -> Option<CheckFinding> {
        let ConfiguredStore::Git(git) = self.ledger().store() else {
            return None;
        };
        let (name, remote) = (git.name(), git.remote());
        let finding = match git.prove_push().await {
            Ok(PushProof::Repository) => Finding::Passed(format!(
                "`{remote}` accepts a push; a rule for this ref alone shows only in the first real one"
            )),
            Ok(PushProof::Readable) => Finding::Warning {
                message: format!("the ref does not exist on `{remote}`, so no push was tried"),
                hint: "run `syndicate build --baseline`, or `syndicate ledger move git` if the ledger is \
                       a file"
                    .to_owned(),
            },
            Err(error) => Finding::Failed(Diagnostic::from_error(&error, Code::LedgerPushRefused)),
        };
        Some((name.to_owned(), finding))
    }
}
