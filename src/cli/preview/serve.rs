//! `syndicate preview --serve`: serves the queue as a local page until Ctrl-C.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::json;
use syndicate_api::Context;
use tokio::net::TcpListener;

use crate::cli::failure::CliError;
use crate::cli::output::{eprint_status, open_browser, print_json, print_result};
use crate::engine::LiveScan;
use crate::engine::watch::watch_roots;
use crate::env::{Signals, random_bytes};
use crate::ledger::{Ids, LedgerStore};
use crate::preview::page::{
    AppState, PageError, PageKey, PipelineProvider, WatchPaths, WatchedPipeline, serve,
};
use crate::session::{Session, SessionError};
use crate::terminal::plain;

pub(super) async fn run(
    is_json: bool,
    mut session: Session,
    port: u16,
    is_open: bool,
) -> Result<(), CliError> {
    if session.is_sandbox() {
        session.start_sandbox().await?;
    }
    let session = Arc::new(session);
    let listener = TcpListener::bind(("127.0.0.1", port)).await;
    let listener = listener.map_err(|error| {
        CliError::hinted(
            format!("cannot listen on port {port} of this machine: {error}"),
            "choose another `--port`, or 0 for any free one",
        )
    })?;
    let address = listener.local_addr().map_err(anyhow::Error::new)?;
    let key = PageKey::new(&random_bytes()?);
    let url = key.address(&format!("http://{address}"));
    let provider = LocalProvider(Arc::clone(&session));
    let state = Arc::new(AppState::new(Box::new(provider)).await);
    print_address(is_json, &url)?;
    if is_open {
        open_browser(&url)?;
    }
    let signals = Signals::listen()?;
    session.stop_plugins_with(signals.stop());
    let serving = serve(listener, state, key, signals.stop().cancelled());
    signals.run_until_repeated(serving).await??;
    Ok(session.close().await?)
}

fn print_address(is_json: bool, url: &str) -> anyhow::Result<()> {
    if is_json {
        return print_json(&json!({"v": 1, "url": url}));
    }
    print_result(&format!("the preview is at {url}"))?;
    eprint_status("anyone with this address can send posts; stop with Ctrl-C")
}

/// The pipeline of this process. The page loads it again after each change.
struct LocalProvider(Arc<Session>);

#[async_trait]
impl PipelineProvider for LocalProvider {
    async fn open(&self, attend: &mut WatchPaths<'_>) -> Result<WatchedPipeline, PageError> {
        self.load(attend).await.map_err(|error| {
            let message = CliError::from(error).message();
            PageError(plain(&message))
        })
    }

    fn file(&self) -> PathBuf {
        self.0.file().to_owned()
    }

    fn store(&self) -> &dyn LedgerStore {
        self.0.store()
    }

    fn ids(&self) -> &dyn Ids {
        self.0.ids()
    }

    fn run(&self) -> &str {
        &self.0.context().run_id
    }

    fn context(&self) -> &Context {
        self.0.cx()
    }

    fn feed(&self) -> Option<&str> {
        self.0.sandbox().map(|sandbox| sandbox.url.as_str())
    }
}

impl LocalProvider {
    async fn load(&self, attend: &mut WatchPaths<'_>) -> Result<WatchedPipeline, SessionError> {
        let stages = self.0.load_watched(attend)?;
        self.0.check_ledger_persistence(&stages).await?;
        let roots = watch_roots(&stages);
        let scan = LiveScan::read(&stages, self.0.cx()).await?;
        Ok(WatchedPipeline {
            stages,
            scan,
            roots,
        })
    }
}
