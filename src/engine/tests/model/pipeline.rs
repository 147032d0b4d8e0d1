//! The pipeline of the model: one platform and three posts, the same on each machine.

use std::sync::{Arc, LazyLock, OnceLock};

use syndicate_api::http::Http;
use syndicate_api::{Item, PostDate, Sink};

use crate::config::{LedgerOptions, Mentions, Policy, Route};
use crate::engine::render::Template;
use crate::engine::tests::platform::Platform;
use crate::engine::{PipelineScan, SinkStage, StageChain, pipeline_names};
use crate::ledger::{Event, EventKind, RandomIds};

pub(super) const SINK: &str = "platform";
pub(super) const ITEMS: usize = 3;

/// The inputs of every run.
pub(super) struct Pipeline {
    pub(super) stages: StageChain,
    pub(super) scanned: PipelineScan,
    pub(super) platform: Platform,
}

impl Pipeline {
    /// Returns a pipeline that sends at most `max_per_run` posts in a run.
    pub(super) fn with_cap(platform: &Platform, max_per_run: usize) -> Self {
        let policy = Policy {
            live_check: Some(false),
            max_per_run: Some(max_per_run),
            ..Policy::default()
        };
        let stages = stages(Box::new(platform.clone()), policy);
        let items = (0..ITEMS)
            .map(|number| (0, Arc::new(item(number))))
            .collect();
        Self {
            stages,
            scanned: PipelineScan {
                items,
                ..PipelineScan::default()
            },
            platform: platform.clone(),
        }
    }

    pub(super) fn item(&self, number: usize) -> &Item {
        &self.scanned.items[number].1
    }

    /// Returns the event that a ledger of this pipeline begins with.
    pub(super) fn created(&self, at: jiff::Timestamp) -> Event {
        let pipeline_names = pipeline_names::of(&self.stages, &self.scanned);
        Event::new(&RandomIds, at, EventKind::Created { pipeline_names })
    }
}

/// Returns a pipeline of one source and one sink, whose template is the title.
pub(in crate::engine::tests) fn stages(sink: Box<dyn Sink>, policy: Policy) -> StageChain {
    let stage = SinkStage {
        name: SINK.to_owned(),
        kind: SINK.into(),
        sink,
        template: LazyLock::new(Box::new(|| Template::compile("t", "{{title}}"))),
        has_tested_template: false,
        policy: policy.clone(),
        skipped_in_sandbox: false,
    };
    StageChain {
        file: "pipeline.yaml".to_owned(),
        base: ".".into(),
        sources: Vec::new(),
        transforms: Vec::new(),
        default_card: None,
        sinks: vec![stage],
        routes: vec![Route {
            source: 0,
            transforms: Vec::new(),
            sink: 0,
        }],
        policy,
        ci_hold: None,
        ledger: LedgerOptions::default(),
        store_name: None,
        counts_by_day: false,
        templates: Vec::new(),
        mentions: Mentions::default(),
        programs: Vec::new(),
        failed_programs: Vec::new(),
        conversions: Arc::default(),
    }
}

/// Returns a client that is never used; making one reads all certificates of the system.
pub(in crate::engine::tests) fn http() -> Http {
    static HTTP: OnceLock<Http> = OnceLock::new();
    HTTP.get_or_init(Http::new).clone()
}

pub(super) fn title(number: usize) -> String {
    format!("Post {number}")
}

pub(super) fn url(number: usize) -> String {
    format!("https://a.org/{number}")
}

pub(in crate::engine::tests) fn item(number: usize) -> Item {
    Item {
        keys: vec![url(number), format!("blog:{number}.md")],
        url: Some(url(number)),
        title: Some(title(number)),
        published: Some(PostDate {
            at: "2026-11-20T00:00:00+00:00[UTC]".parse().unwrap(),
            day_only: true,
        }),
        ..Item::default()
    }
}
