//! A sink together with what is known about its server.

use std::time::Duration;

use syndicate_api::{
    Context, Diagnostic, Item, Limits, Measure, PageLink, Payload, Post, PublishErrorKind,
    RichText, ServerInfo,
};
use tracing::debug;

use super::render::MeasureText;
use super::{SinkStage, article};

/// Age of the cached values after which the server is asked again.
const MAX_AGE: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// Time that a plan waits for the values of a server.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A sink with the values that its server was asked for.
#[derive(Clone, Copy)]
pub(crate) struct ServedSink<'a> {
    /// The sink.
    pub stage: &'a SinkStage,
    /// The values of the server.
    pub server_info: &'a ServerInfo,
}

impl ServedSink<'_> {
    /// Returns the texts and files that the platform accepts.
    pub(crate) fn limits(&self) -> Limits {
        self.stage.sink.limits(self.server_info)
    }

    /// Returns the length of `text` by each rule of the platform.
    pub(crate) fn measures(&self, text: &RichText) -> Vec<Measure> {
        self.stage.sink.measure(text, self.server_info)
    }

    /// Returns the links that the page of `item` contains. Returns none if the account is not known.
    pub(crate) fn page_links(&self, item: &Item) -> Vec<PageLink> {
        let sink = &self.stage.sink;
        let has_links = sink.capabilities().page_links;
        let links = has_links.then(|| sink.page_links(&article::key(item), self.server_info));
        links.and_then(Result::ok).unwrap_or_default()
    }

    /// Encodes `post`.
    ///
    /// # Errors
    /// As [`syndicate_api::Sink::compose`].
    pub(crate) fn compose(&self, post: &Post) -> Result<Payload, Diagnostic> {
        self.stage.sink.compose(post, self.server_info)
    }
}

impl MeasureText for ServedSink<'_> {
    fn limit(&self) -> usize {
        self.limits().text
    }

    fn measure(&self, text: &RichText) -> usize {
        let measures = self.measures(text);
        measures.first().map_or(0, |measure| measure.used)
    }

    fn exceeded(&self, text: &RichText) -> Option<Measure> {
        let mut measures = self.measures(text).into_iter();
        measures.find(|measure| !measure.fits())
    }
}

/// Returns the values of the server of `stage`: from the cache, else from the server. Without an answer the last known
/// values or the documented defaults are used; then a note says so.
pub(super) async fn discover(
    stage: &SinkStage,
    cx: &Context,
    notes: &mut Vec<String>,
) -> ServerInfo {
    let Some(server) = stage.sink.server().filter(|_| !stage.skipped_in_sandbox) else {
        return ServerInfo::default();
    };
    let key = format!("server_info {} {server}", stage.kind);
    let cached = cx.kv_cache.get(&key);
    let cached = cached.and_then(|cached| serde_json::from_str::<ServerInfo>(&cached).ok());
    let is_fresh = |info: &ServerInfo| {
        let age = info.as_of.map(|as_of| cx.now().duration_since(as_of));
        age.is_some_and(|age| age.abs() < MAX_AGE)
    };
    if let Some(cached) = cached.as_ref().filter(|cached| is_fresh(cached)) {
        return cached.clone();
    }
    if !cx.offline {
        let asked = tokio::select! {
            asked = stage.discover(cx) => asked.map_err(|error| (error.kind, error.to_string())),
            // A fixed clock would end the wait at once.
            () = tokio::time::sleep(TIMEOUT) => {
                Err((PublishErrorKind::Unavailable, "no answer in time".to_owned()))
            }
        };
        match asked {
            Ok(mut info) => {
                info.as_of = Some(cx.now());
                if let Ok(text) = serde_json::to_string(&info) {
                    cx.kv_cache.put(&key, &text);
                }
                return info;
            }
            Err((kind, why)) => {
                debug!(
                    sink = stage.name,
                    why, "the server was not asked for its limits"
                );
                // A missing token is reported where it is needed.
                if kind != PublishErrorKind::Unauthorized {
                    notes.push(unasked(stage, cached.as_ref(), &why));
                }
            }
        }
    }
    cached.unwrap_or_default()
}

fn unasked(stage: &SinkStage, cached: Option<&ServerInfo>, why: &str) -> String {
    let used = match cached.and_then(|cached| cached.as_of) {
        Some(as_of) => format!("those of {} are used", as_of.strftime("%Y-%m-%d %H:%M UTC")),
        None => "the documented ones are used".to_owned(),
    };
    format!(
        "sink `{}`: its server did not tell its limits, so {used}: {why}",
        stage.name
    )
}
