//! The store of a ledger in a git ref.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::context::GitRefContext;
use super::fetch::Snapshot;
use super::options::GitLedger;
use super::proof::PushProof;
use super::session::GitRefSession;
use super::shared::Shared;
use super::target::Target;
use crate::ledger::error::{OFFLINE_HINT, RemoteError};
use crate::ledger::{Event, LedgerError, LedgerSession, LedgerState, LedgerStore, LedgerView};

/// A ledger in a ref of a git remote.
#[derive(Clone)]
pub(crate) struct GitRef {
    pub(super) shared: Arc<Shared>,
}

impl GitRef {
    /// Opens the ledger of the pipeline in `folder`. Does not contact the remote.
    ///
    /// # Errors
    /// [`LedgerError::Unreachable`] outside a git repository, and if it does not have the remote.
    pub(crate) fn open(
        options: &GitLedger,
        folder: &Path,
        context: GitRefContext,
    ) -> Result<Self, LedgerError> {
        let target = Target::find(options, folder, &context)?;
        Ok(Self {
            shared: Arc::new(Shared::new(target, context)),
        })
    }

    /// Returns the full name of the ref, which is the store's name in `closed` events.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.shared.target.name
    }

    /// Returns the name of the remote.
    #[must_use]
    pub(crate) fn remote(&self) -> &str {
        self.shared.target.remote.name()
    }

    /// Returns when the ref was last fetched into this clone.
    #[must_use]
    pub(crate) fn fetched_at(&self) -> Option<Timestamp> {
        self.shared.target.fetch_time()
    }

    /// Returns the parent of a commit of the ref.
    pub(super) fn parent(&self, commit: &str) -> Option<String> {
        let git = self.shared.target.remote.git();
        git.ask_line(&["rev-parse", "--verify", "--quiet", &format!("{commit}^")])
    }

    /// Returns the path under which the journal remembers this store. No file is there.
    #[must_use]
    pub(crate) fn journal_path(&self) -> PathBuf {
        let target = &self.shared.target;
        target.common.join(&target.fetched)
    }

    /// Tries the right to push to the ref, without changing it. See [`PushProof`] for the limits.
    ///
    /// # Errors
    /// [`LedgerError::PushRefused`] and [`LedgerError::Unreachable`].
    pub(crate) async fn prove_push(&self) -> Result<PushProof, LedgerError> {
        self.online()?;
        self.shared.blocking(Shared::prove_push).await
    }

    fn online(&self) -> Result<(), LedgerError> {
        if self.shared.is_offline() {
            return Err(self.offline_error("`--offline` forbids to contact the remote"));
        }
        Ok(())
    }

    fn offline_error(&self, message: &str) -> LedgerError {
        LedgerError::Unreachable {
            ledger: self.shared.target.display_name(),
            source: RemoteError(message.to_owned()),
            hint: Some(OFFLINE_HINT.to_owned()),
        }
    }

    /// Returns the state of the remote, which may be some seconds old, or offline the last fetched one.
    async fn recent(&self) -> Result<Snapshot, LedgerError> {
        if self.shared.is_offline() {
            let (snapshot, _) = self.last_fetched().await?;
            return Ok(snapshot);
        }
        if let Some(snapshot) = self.shared.recent() {
            return Ok(snapshot);
        }
        let snapshot = self
            .shared
            .blocking(|shared| shared.target.fetch(None, shared.now()))
            .await?;
        self.shared.remember(&snapshot);
        Ok(snapshot)
    }

    /// Returns the last fetched state with a note about its age.
    async fn last_fetched(&self) -> Result<(Snapshot, String), LedgerError> {
        let fetched = self.shared.blocking(|shared| shared.target.last_fetched());
        let Some((snapshot, at)) = fetched.await? else {
            return Err(self.offline_error("it was never fetched into this clone"));
        };
        let name = self.shared.target.display_name();
        let at = at.map_or_else(
            || "at an unknown time".to_owned(),
            |at| at.strftime("on %Y-%m-%d at %H:%M:%S UTC").to_string(),
        );
        let note = format!(
            "this is the ledger `{name}` as fetched {at}; other machines may have sent posts since"
        );
        Ok((snapshot, note))
    }

    /// Returns the state of `snapshot`.
    fn state(&self, snapshot: Snapshot) -> Result<LedgerState, LedgerError> {
        if snapshot.events.is_empty() {
            return Err(self.shared.target.missing());
        }
        Ok(snapshot.events.into_iter().collect())
    }

    /// Opens a session with the current state of the remote.
    pub(super) async fn session(&self) -> Result<GitRefSession, LedgerError> {
        self.online()?;
        let fetched = self
            .shared
            .blocking(|shared| shared.target.fetch(None, shared.now()));
        let snapshot = fetched.await?;
        Ok(GitRefSession::new(Arc::clone(&self.shared), snapshot))
    }
}

#[async_trait]
impl LedgerStore for GitRef {
    async fn exists(&self) -> Result<bool, LedgerError> {
        match self.recent().await {
            Ok(snapshot) => Ok(!snapshot.events.is_empty()),
            Err(LedgerError::Damaged { .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.create_all(vec![first]).await
    }

    async fn create_all(&self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.session().await?.create(events).await
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        self.state(self.recent().await?)
    }

    async fn view(&self) -> Result<LedgerView, LedgerError> {
        let error = match self.recent().await {
            Ok(snapshot) if !self.shared.is_offline() => {
                return Ok(LedgerView {
                    ledger_state: self.state(snapshot)?,
                    ..LedgerView::default()
                });
            }
            Ok(_) => None,
            Err(error @ LedgerError::Unreachable { .. }) => Some(error),
            Err(error) => return Err(error),
        };
        match (self.last_fetched().await, error) {
            (Ok((snapshot, note)), trouble) => Ok(LedgerView {
                ledger_state: self.state(snapshot)?,
                trouble,
                notes: vec![note],
            }),
            (Err(_), Some(error)) | (Err(error), None) => Err(error),
        }
    }

    async fn lock(&self, _timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        let session = self.session().await?;
        if session.ledger_state().event_count() == 0 {
            return Err(self.shared.target.missing());
        }
        Ok(Box::new(session))
    }
}
