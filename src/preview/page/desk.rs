//! What lies on the desk: the plan as it was last made, for everybody who looks, and the news that it
//! was made anew. Only one thing is done at a time.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use syndicate_api::Medium;
use tokio::sync::{Mutex, MutexGuard, watch};

use super::{Opened, Trouble, Workshop};
use crate::engine::{Plan, Planning, Purpose, Selection, Share, make_plan};
use crate::ledger::{Book, LedgerError};

/// The plan that the page shows, and the workshop that it is made in.
pub struct Desk {
    pub(super) workshop: Box<dyn Workshop>,
    shown: RwLock<Arc<Shown>>,
    version: watch::Sender<u64>,
    busy: Mutex<()>,
}

/// What the page shows.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) file: String,
    pub(super) plan: Plan,
    pub(super) book: Book,
    /// Whether payloads have to be approved.
    pub(super) approve: bool,
    /// Why the plan could not be made anew.
    pub(super) trouble: Option<Trouble>,
    /// Every medium of the plan, by its hash.
    pub(super) media: HashMap<String, Medium>,
    roots: Vec<PathBuf>,
}

impl Desk {
    /// A desk with the plan of now on it.
    pub async fn new(workshop: Box<dyn Workshop>) -> Self {
        let desk = Self {
            workshop,
            shown: RwLock::default(),
            version: watch::Sender::new(0),
            busy: Mutex::new(()),
        };
        desk.refresh().await;
        desk
    }

    /// Makes the plan anew. Where that is not possible the last one stays, with the reason.
    pub async fn refresh(&self) {
        let guard = self.alone().await;
        self.renew(&guard).await;
    }

    /// The right to do something, which nobody else does meanwhile.
    pub(super) async fn alone(&self) -> MutexGuard<'_, ()> {
        self.busy.lock().await
    }

    /// As [`Desk::refresh`], for whoever has the right already.
    pub(super) async fn renew(&self, _guard: &MutexGuard<'_, ()>) {
        let made = match self.workshop.open().await {
            Ok(opened) => self.shown_of(opened).await,
            Err(trouble) => Err(trouble),
        };
        let shown = made.unwrap_or_else(|trouble| {
            let last = self.shown();
            Shown {
                file: last.file.clone(),
                plan: last.plan.clone(),
                book: last.book.clone(),
                trouble: Some(trouble),
                media: last.media.clone(),
                roots: last.roots.clone(),
                ..*last
            }
        });
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        self.version.send_modify(|version| *version += 1);
    }

    /// What the page shows now.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells whenever it has changed.
    pub(super) fn news(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// What is worth watching.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        let mut roots = self.shown().roots.clone();
        roots.push(self.workshop.file());
        roots
    }

    /// What the ledger says; the reason why nothing would be sent where there is none.
    pub(super) async fn book(&self) -> Result<(Book, Option<String>), Trouble> {
        match self.workshop.store().read().await {
            Ok(book) => Ok((book, None)),
            Err(error @ LedgerError::Missing { .. }) => {
                let hint = error.hint().unwrap_or_default();
                let note = format!("{error}, so nothing can be sent; {hint}");
                Ok((Book::default(), Some(note)))
            }
            Err(error) => Err(Trouble(error.to_string())),
        }
    }

    /// The plan of all that there is.
    pub(super) async fn plan(&self, opened: &Opened, book: &Book) -> Plan {
        let planning = Planning {
            stages: &opened.stages,
            scanned: &opened.scanned,
            selection: &Selection::default(),
            purpose: Purpose::Show,
            share: Share::NextRun,
        };
        make_plan(&planning, book, self.workshop.context()).await
    }

    async fn shown_of(&self, opened: Opened) -> Result<Shown, Trouble> {
        let (book, missing) = self.book().await?;
        let mut plan = self.plan(&opened, &book).await;
        plan.notes.extend(missing);
        let Opened { stages, roots, .. } = opened;
        let composed = plan
            .entries
            .iter()
            .filter_map(|entry| entry.composed.as_ref());
        let media = composed.flat_map(|composed| &composed.payload.media);
        let media = media.map(|medium| (medium.sha256(), medium.clone()));
        // A picture may lie outside of what its source reads.
        let pictures = plan
            .entries
            .iter()
            .filter(|entry| entry.composed.is_some() || entry.problem.is_some())
            .filter_map(|entry| entry.item.image.as_ref()?.file.as_ref())
            .map(|file| stages.base.join(file));
        let roots = roots.into_iter().chain(pictures).collect();
        Ok(Shown {
            file: stages.file.clone(),
            media: media.collect(),
            book,
            approve: stages.policy.approve,
            trouble: None,
            roots,
            plan,
        })
    }
}
