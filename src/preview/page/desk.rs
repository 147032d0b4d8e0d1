//! What lies on the desk: the plan as it was last made, for everybody who looks, and the news that it
//! was made anew. Only one thing is done at a time.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use syndicate_api::{Hint as _, Medium};
use tokio::sync::{Mutex, MutexGuard, watch};
use tokio::time::Instant;

use super::looked::Looks;
use super::{Attend, Opened, Trouble, Workshop};
use crate::engine::watch::{Notices, REREAD_INTERVAL};
use crate::ledger::{Book, LedgerError};
use crate::preview::html::entry_id;
use crate::preview::{Changes, Earlier};

/// How soon to look again after trouble, which may be over without any file having changed.
pub(super) const AFTER_TROUBLE: Duration = Duration::from_secs(10);

/// The plan that the page shows, and the workshop that it is made in.
pub struct Desk {
    pub(super) workshop: Box<dyn Workshop>,
    shown: RwLock<Arc<Shown>>,
    version: watch::Sender<u64>,
    busy: Mutex<()>,
    /// The news of what the page is made from; held by the task that waits for it.
    pub(super) notices: Mutex<Notices>,
    /// The ids of the items that somebody asked to see.
    asked: std::sync::Mutex<BTreeSet<String>>,
}

/// What the page shows.
#[derive(Clone, Default)]
pub(super) struct Shown {
    pub(super) file: String,
    pub(super) looks: Looks,
    pub(super) book: Book,
    /// What has changed of the deliveries that were sent or approved, by their ids on the page.
    pub(super) changes: HashMap<String, Changes>,
    /// The types of the sinks, by their places in the pipeline.
    pub(super) kinds: Vec<&'static str>,
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
        // Before anything is read, so that a save during the first read is seen.
        let notices = Notices::of(vec![workshop.file()], false);
        let desk = Self {
            notices: Mutex::new(notices),
            workshop,
            shown: RwLock::default(),
            version: watch::Sender::new(0),
            busy: Mutex::new(()),
            asked: std::sync::Mutex::default(),
        };
        let mut notices = desk.notices.lock().await;
        desk.refresh(&mut notices).await;
        drop(notices);
        desk
    }

    /// Makes the plan from files that `notices` watched before they were read. Where that is not
    /// possible the last one stays, with the reason.
    pub(super) async fn refresh(&self, notices: &mut Notices) {
        loop {
            let guard = self.alone().await;
            self.make(&guard, &mut |roots| {
                // The pictures of the last plan stay watched until those of the new one are known.
                let all = roots.into_iter().chain(self.roots()).collect();
                notices.attend_to(all)
            })
            .await;
            drop(guard);
            if !notices.attend_to(self.roots()) {
                return;
            }
        }
    }

    /// The right to do something, which nobody else does meanwhile.
    pub(super) async fn alone(&self) -> MutexGuard<'_, ()> {
        self.busy.lock().await
    }

    /// Makes the plan after an order, which changes no file that a plan is made from but the ledger.
    pub(super) async fn renew(&self, guard: &MutexGuard<'_, ()>) {
        self.make(guard, &mut |_| false).await;
    }

    async fn make(&self, _guard: &MutexGuard<'_, ()>, attend: &mut Attend<'_>) {
        let made = match self.workshop.open(attend).await {
            Ok(opened) => self.shown_of(opened).await,
            Err(trouble) => Err(trouble),
        };
        let shown = made.unwrap_or_else(|trouble| {
            let last = self.shown();
            Shown {
                trouble: Some(trouble),
                ..Shown::clone(&last)
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

    /// When the page may be wrong although nobody saves anything: when the first of the times comes that
    /// the plan waits for, soon where it could not be made, and some time later in any case.
    pub(super) fn due(&self) -> Instant {
        let shown = self.shown();
        let wait = match &shown.trouble {
            Some(_) => AFTER_TROUBLE,
            None => {
                let due = shown.looks.plan.due_in(self.workshop.context().now());
                due.map_or(REREAD_INTERVAL, |due| due.min(REREAD_INTERVAL))
            }
        };
        Instant::now() + wait
    }

    /// What the ledger says; the reason why nothing would be sent where there is none.
    pub(super) async fn book(&self) -> Result<(Book, Option<String>), Trouble> {
        let note = |error: LedgerError| {
            let hint = error.hint().unwrap_or_default();
            format!("{error}, so nothing can be sent; {hint}")
        };
        match self.workshop.store().survey().await {
            Ok(survey) => Ok((survey.book, survey.trouble.map(note))),
            Err(error @ LedgerError::Missing { .. }) => Ok((Book::default(), Some(note(error)))),
            Err(error) => Err(Trouble(error.to_string())),
        }
    }

    /// The ids of the items that somebody asked to see.
    pub(super) fn asked_for(&self) -> BTreeSet<String> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Shows the item with this id, whatever the plan says about it, or no more.
    pub(super) fn ask_for(&self, id: &str, wanted: bool) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if wanted {
            asked.insert(id.to_owned());
        } else {
            asked.remove(id);
        }
    }

    async fn shown_of(&self, opened: Opened) -> Result<Shown, Trouble> {
        let (book, missing) = self.book().await?;
        let mut looks = self.look(&opened, &book).await;
        looks.plan.notes.extend(missing);
        let Opened { stages, roots, .. } = opened;
        let entries = &looks.plan.entries;
        let composed = entries.iter().filter_map(|entry| entry.composed.as_ref());
        let media = composed.flat_map(|composed| &composed.payload.media);
        let media = media.map(|medium| (medium.sha256(), medium.clone()));
        // A picture may lie outside of what its source reads.
        let pictures = entries
            .iter()
            .filter(|entry| entry.composed.is_some() || entry.problem.is_some())
            .filter_map(|entry| entry.item.image.as_ref()?.file.as_ref())
            .map(|file| stages.base.join(file));
        let roots = roots.into_iter().chain(pictures).collect();
        let changes = entries.iter().filter_map(|entry| {
            let earlier = Earlier::of(entry, &book, self.workshop.context())?;
            Some((entry_id(entry), Changes::of(entry, &earlier)?))
        });
        Ok(Shown {
            file: stages.file.clone(),
            media: media.collect(),
            changes: changes.collect(),
            kinds: stages.sinks.iter().map(|stage| stage.kind).collect(),
            book,
            approve: stages.policy.approve,
            trouble: None,
            roots,
            looks,
        })
    }
}
