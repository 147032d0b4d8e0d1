//! `syndicate preview --serve`: the queue as a page on this machine, until Ctrl-C.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use syndicate_api::Context;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::super::rehearsal::Rehearsal;
use super::super::sandbox::open_browser;
use super::super::signal::Signals;
use super::super::world::{World, random};
use super::super::{Failure, Global, Hinted, print};
use crate::engine::watch::load_watched;
use crate::engine::{Conversions, Stages, scan};
use crate::ledger::{Ids, InMemory, RandomIds, Store};
use crate::preview::page::{Attend, Desk, Key, Opened, Trouble, Workshop, serve};

/// How the page is served.
pub(super) struct Terms {
    pub(super) port: u16,
    pub(super) open: bool,
    pub(super) sandbox: bool,
}

pub(super) async fn run(global: &Global, world: World, terms: &Terms) -> Result<(), Failure> {
    let rehearsal = if terms.sandbox {
        Some(Rehearsal::start(world.cx.clock, 0).await?)
    } else {
        None
    };
    let store: Box<dyn Store> = match &rehearsal {
        Some(_) => Box::new(InMemory::default()),
        None => Box::new(world.ledger(global)),
    };
    let shop = Shop {
        global: global.clone(),
        world,
        feed: rehearsal.as_ref().map(|rehearsal| rehearsal.url.clone()),
        store,
        conversions: Arc::default(),
    };
    let port = terms.port;
    let listener = TcpListener::bind(("127.0.0.1", port)).await;
    let listener = listener.map_err(|error| {
        Failure::Other(anyhow::Error::new(Hinted::new(
            format!("cannot listen on port {port} of this machine: {error}"),
            "give another `--port`, or 0 for any that is free",
        )))
    })?;
    let address = listener.local_addr().map_err(anyhow::Error::new)?;
    let key = Key::new(&random()?);
    let url = key.address(&format!("http://{address}"));
    let desk = Arc::new(Desk::new(Box::new(shop)).await);
    tell(global, &url)?;
    if terms.open {
        open_browser(&url)?;
    }
    let signals = Signals::listen(CancellationToken::new())?;
    let serving = serve(listener, desk, key, signals.stop().cancelled());
    signals.unless_repeated(serving).await??;
    match rehearsal {
        Some(rehearsal) => rehearsal.stop().await,
        None => Ok(()),
    }
}

fn tell(global: &Global, url: &str) -> Result<(), Failure> {
    if global.json {
        return print::data(&serde_json::json!({"v": 1, "url": url}).to_string());
    }
    print::data(&format!("the preview is at {url}"))?;
    print::talk("whoever has that address can send posts; stop it with Ctrl-C")
}

/// The pipeline of this process, read anew for each look.
struct Shop {
    global: Global,
    world: World,
    /// Where a rehearsal's sandbox is.
    feed: Option<String>,
    store: Box<dyn Store>,
    /// Pictures that were made to fit, from one look to the next.
    conversions: Arc<Conversions>,
}

#[async_trait]
impl Workshop for Shop {
    async fn open(&self, attend: &mut Attend<'_>) -> Result<Opened, Trouble> {
        self.opened(attend).await.map_err(|failure| {
            let message = failure.message();
            Trouble(anstream::adapter::strip_str(&message).to_string())
        })
    }

    fn file(&self) -> PathBuf {
        self.global.pipeline()
    }

    fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    fn ids(&self) -> &dyn Ids {
        &RandomIds
    }

    fn run(&self) -> &str {
        &self.world.run
    }

    fn context(&self) -> &Context {
        &self.world.cx
    }

    fn feed(&self) -> Option<&str> {
        self.feed.as_deref()
    }
}

impl Shop {
    async fn opened(&self, attend: &mut Attend<'_>) -> Result<Opened, Failure> {
        let load = || -> Result<Stages, Failure> {
            let pipeline = self.world.pipeline(&self.global, self.feed.as_deref())?;
            Ok(Stages::build(pipeline)?)
        };
        let mut stages = load_watched(load, roots, attend)?;
        if self.feed.is_none() {
            self.world.check_kept(&self.global, &stages).await?;
        }
        stages.conversions = Arc::clone(&self.conversions);
        if self.feed.is_some() {
            stages.policy = std::mem::take(&mut stages.policy).rehearsed();
        }
        let roots = roots(&stages);
        let scanned = scan(&stages, &self.world.cx).await?;
        Ok(Opened {
            stages,
            scanned,
            roots,
        })
    }
}

/// Returns the files and folders that a pipeline is read from, beside its own file.
fn roots(stages: &Stages) -> Vec<PathBuf> {
    let sources = stages.sources.iter().flat_map(|stage| stage.source.roots());
    sources.chain(stages.templates.iter().cloned()).collect()
}
