//! The store of a ledger in a git ref.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::context::GitRefContext;
use super::fetch::Snapshot;
use super::options::GitLedger;
use super::proof::PushProof;
use super::session::GitRefSession;
use super::target::Target;
use crate::ledger::error::GitError;
use crate::ledger::{Event, LedgerError, LedgerSession, LedgerState, LedgerStore, LedgerView};

/// The time for which a fetched state is reused for display. `watch` and the preview page read often.
const MAX_AGE: Duration = Duration::from_secs(5);

/// A ledger in a ref of a git remote.
#[derive(Clone)]
pub(crate) struct GitRef {
    pub(super) shared: Arc<Shared>,
}

/// The parts that a store shares with its sessions.
pub(super) struct Shared {
    pub(super) target: Target,
    pub(super) skips_pipeline: bool,
    context: GitRefContext,
    /// The last state that was read for display, with the uptime of the machine then.
    recent: Mutex<Option<(Duration, Snapshot)>>,
}

impl Shared {
    pub(super) fn now(&self) -> Timestamp {
        self.context.clock.now()
    }

    /// Runs blocking calls of git on another thread. They go on even if the caller is cancelled.
    pub(super) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&Self) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let shared = Arc::clone(self);
        let called = tokio::task::spawn_blocking(move || call(&shared)).await;
        called.unwrap_or_else(|error| Err(self.target.unwritable(GitError(error.to_string()))))
    }

    /// Waits for a random time of at most `longest`.
    pub(super) async fn pause(&self, longest: Duration) {
        let share = f64::from((self.context.random)()) / f64::from(u32::MAX);
        let time = longest.mul_f64(share);
        self.context.clock.sleep(time).await;
    }

    /// Forgets the state that was read for display.
    pub(super) fn forget(&self) {
        *self.recent.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn recent(&self) -> Option<Snapshot> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, snapshot) = recent.as_ref()?;
        let age = self.context.clock.uptime().saturating_sub(*at);
        (age <= MAX_AGE).then(|| snapshot.clone())
    }

    fn remember(&self, snapshot: &Snapshot) {
        let recent = (self.context.clock.uptime(), snapshot.clone());
        *self.recent.lock().unwrap_or_else(PoisonError::into_inner) = Some(recent);
    }
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
        let shared = Shared {
            skips_pipeline: target.starts_gitlab_pipeline(&context.env),
            target,
            context,
            recent: Mutex::default(),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Returns the full name of the ref, which is the store's name in `closed` events.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.shared.target.name
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
        if !self.shared.context.is_offline {
            return Ok(());
        }
        let message = "nothing is sent offline".to_owned();
        Err(self.shared.target.unreachable(GitError(message)))
    }

    /// Returns the state of the remote, which may be some seconds old, or offline the last fetched one.
    async fn recent(&self) -> Result<Snapshot, LedgerError> {
        if self.shared.context.is_offline {
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
            let target = &self.shared.target;
            let message = "it was never fetched into this clone".to_owned();
            return Err(LedgerError::Unreachable {
                ledger: target.display_name(),
                source: GitError(message),
                hint: Some("run the command without `--offline` first".to_owned()),
            });
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
            Ok(snapshot) if !self.shared.context.is_offline => {
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
        let mut session = self.session().await?;
        session.refresh().await?;
        Ok(Box::new(session))
    }
}
