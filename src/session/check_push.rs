//! Checks the connection to the ledger's store, for `check --online`.

use syndicate_api::{Code, Diagnostic, Finding};

use super::open::Session;
use crate::engine::CheckFinding;
use crate::ledger::{ConfiguredStore, GitRef, Postgres, PushProof};

impl Session {
    /// Checks the connection to the store without changing it. Returns nothing for a ledger in a file.
    pub(crate) async fn check_connection(&self) -> Option<CheckFinding> {
        match self.ledger().store() {
            ConfiguredStore::Git(git) => Some((git.name().to_owned(), check_push(git).await)),
            ConfiguredStore::Postgres(postgres) => {
                Some((postgres.name().to_owned(), check_database(postgres).await))
            }
            ConfiguredStore::File(_) | ConfiguredStore::Unusable(_) => None,
        }
    }
}

/// Tries the right to push the ledger's ref.
async fn check_push(git: &GitRef) -> Finding {
    let remote = git.remote();
    match git.prove_push().await {
        Ok(PushProof::Repository) => Finding::Passed(format!(
            "`{remote}` accepts a push; a rule for this ref alone shows only in the first real one"
        )),
        Ok(PushProof::Readable) => Finding::Warning {
            message: format!("the ref does not exist on `{remote}`, so no push was tried"),
            hint:
                "run `syndicate build --baseline`, or `syndicate ledger move git` if the ledger is \
                   a file"
                    .to_owned(),
        },
        Err(error) => Finding::Failed(Diagnostic::from_error(&error, Code::LedgerPushRefused)),
    }
}

/// Connects to the database, tries the right to write, and finds out what is between.
async fn check_database(postgres: &Postgres) -> Finding {
    let has_pooler = match postgres.prove_write().await {
        Ok(()) => postgres.has_pooler().await,
        Err(error) => Err(error),
    };
    match has_pooler {
        Ok(true) => Finding::Passed(
            "the server accepts changes through a pooler in transaction mode, which is supported"
                .to_owned(),
        ),
        Ok(false) => Finding::Passed("the server accepts changes".to_owned()),
        Err(error) => Finding::Failed(Diagnostic::from_error(&error, Code::LedgerUnreachable)),
    }
}
