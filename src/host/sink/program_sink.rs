//! Implements `Sink` for plugins that are other programs.

use std::sync::Arc;

use plugin_protocol::{
    CardMaker, EmptyTask, PostShape, PrepareOk, PrepareTask, SinkCapabilities, Task,
};
use serde_json::Value;
use syndicate_api::{
    Appearance, Body, BuildSink, Capabilities, CardBy, ComponentContext, Context, DEFAULT_TEMPLATE,
    Diagnostic, Finding, Found, Limits, ListPage, Measure, Medium, Name, Payload, Post, PostLayout,
    Prepared, PublishError, Readiness, Ready, Receipt, Request, Result, Revision, RichText, Role,
    Sender, ServerInfo, Shape, SignIn, Sink, Sought, Stamp, Step, async_trait,
};

use super::access::Access;
use super::dialogue::{Dialogue, broken};
use super::limits::LimitsCache;
use super::login::PluginLogin;
use super::receipt::receipt_of;
use super::requests::spec_of;
use super::settings::{SinkKeys, SinkSettings};
use super::slots::add_slots;
use super::step_rules::StepRules;
use super::{account, checks, compose, post};
use crate::host::component::PluginComponent;

/// The template of articles, whose commentary is their description.
const ARTICLE_TEMPLATE: &str = "{{#if description}}{{fit description}}{{else}}{{title}}{{/if}}";

/// The template of posts whose card does not show the link.
const LINK_TEMPLATE: &str = "{{fit title}}\n\n{{link}}";

/// Checked options, from which a sink is built.
pub(crate) struct ConfiguredSink {
    component: Arc<PluginComponent>,
    settings: SinkSettings,
}

impl ConfiguredSink {
    /// Checks hosts and endpoint.
    ///
    /// # Errors
    /// If a host is not granted, or the endpoint is invalid.
    pub(crate) fn new(component: Arc<PluginComponent>, keys: SinkKeys) -> Result<Self, Diagnostic> {
        let settings = SinkSettings::new(component.manifest(), component.options(), keys)?;
        Ok(Self {
            component,
            settings,
        })
    }
}

impl BuildSink for ConfiguredSink {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        let component = Arc::clone(&self.component);
        component.open_or_retry()?;
        let network = component.companion();
        Ok(Box::new(ProgramSink {
            limits: LimitsCache::new(Arc::clone(&component)),
            login: PluginLogin::new(&self.settings, &network),
            network,
            settings: self.settings.clone(),
            component,
        }))
    }
}

/// A sink that is another program.
pub(super) struct ProgramSink {
    /// The process that answers at once.
    pub(super) component: Arc<PluginComponent>,
    /// The process whose requests wait for the network.
    pub(super) network: Arc<PluginComponent>,
    pub(super) settings: SinkSettings,
    pub(super) login: Option<PluginLogin>,
    limits: LimitsCache,
}

impl ProgramSink {
    pub(super) fn abilities(&self) -> &SinkCapabilities {
        &self.component.manifest().sink.capabilities
    }

    /// Returns the name of the platform in messages.
    pub(super) fn platform(&self) -> &str {
        self.component.manifest().platform()
    }

    pub(super) fn dialogue<'a>(&'a self, cx: &'a Context) -> Dialogue<'a> {
        Dialogue {
            component: &self.network,
            settings: &self.settings,
            cx,
            media: &[],
            create: None,
            access: self.access(),
        }
    }

    /// Returns the origin of the token of requests.
    pub(super) fn access(&self) -> Access<'_> {
        match &self.login {
            Some(login) => Access::Login(login),
            None => Access::Secrets,
        }
    }
}

fn create_of(steps: &[Step]) -> Option<&Request> {
    let create = steps.iter().find(|step| step.role == Role::Create);
    create.map(|step| &step.request)
}

#[async_trait]
impl Sink for ProgramSink {
    fn capabilities(&self) -> Capabilities {
        let abilities = self.abilities();
        Capabilities {
            shape: match abilities.shape {
                PostShape::Post => Shape::Post,
                PostShape::Article => Shape::Article,
            },
            card: match abilities.card {
                CardMaker::Us => CardBy::Us,
                CardMaker::Platform => CardBy::Platform { reads_text: false },
                CardMaker::PlatformFromText => CardBy::Platform { reads_text: true },
                CardMaker::None => CardBy::None,
            },
            edits: abilities.edits,
            retracts: abilities.retracts,
            finds: abilities.finds,
            lists: abilities.lists,
            approve_by_default: abilities.approve_by_default,
            ..Capabilities::default()
        }
    }

    fn limits(&self, server_info: &ServerInfo) -> Limits {
        self.limits.limits(server_info)
    }

    fn measure(&self, text: &RichText, server_info: &ServerInfo) -> Vec<Measure> {
        self.limits.measure(text, server_info)
    }

    fn template(&self) -> &str {
        let abilities = self.abilities();
        let own = self.component.manifest().sink.template.as_deref();
        own.unwrap_or(match (abilities.shape, abilities.card) {
            (PostShape::Article, _) => ARTICLE_TEMPLATE,
            (PostShape::Post, CardMaker::Us | CardMaker::Platform) => DEFAULT_TEMPLATE,
            (PostShape::Post, CardMaker::PlatformFromText | CardMaker::None) => LINK_TEMPLATE,
        })
    }

    fn appearance(&self) -> Appearance {
        Appearance {
            platform: Name::from(self.platform().to_owned()),
            layout: match self.abilities().shape {
                PostShape::Post => PostLayout::Stacked,
                PostShape::Article => PostLayout::Article,
            },
            ..Appearance::default()
        }
    }

    fn reaches_readers(&self) -> bool {
        let endpoint = self.settings.endpoint.as_ref();
        !endpoint.is_some_and(syndicate_api::Endpoint::is_loopback)
    }

    fn compose(&self, post: &Post, server_info: &ServerInfo) -> Result<Payload, Diagnostic> {
        self.limits.check(server_info)?;
        compose::compose(&self.component, post, &server_info.values)
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        match self.abilities().edits {
            true => compose::revision(payload),
            false => None,
        }
    }

    fn server(&self) -> Option<String> {
        let endpoint = self.settings.endpoint.as_ref()?;
        let manifest = self.component.manifest();
        let (name, version) = (&manifest.name, &manifest.version);
        // Two sinks may use several accounts of one server.
        let sink = self.component.name();
        let server = || format!("{name} {version} {} {sink}", endpoint.as_str());
        self.abilities().discovers.then(server)
    }

    async fn discover(&self, cx: &Context) -> Result<ServerInfo, PublishError> {
        if !self.abilities().discovers {
            return Ok(ServerInfo::default());
        }
        let task = Task::Discover(EmptyTask {});
        let values = self.dialogue(cx).run("discover", task).await?;
        Ok(ServerInfo {
            values,
            as_of: None,
        })
    }

    async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        let account = self.account(cx).await?;
        let mut ready = Ready {
            account,
            ..Ready::default()
        };
        if !self.abilities().prepares {
            return Ok(Readiness::Ready(ready));
        }
        let task = PrepareTask {
            steps: steps.iter().map(spec_of).collect(),
            media: media.iter().map(post::medium).collect(),
        };
        let dialogue = Dialogue {
            media,
            create: create_of(steps),
            ..self.dialogue(cx)
        };
        let PrepareOk { slots, exists } = dialogue.run("prepare", Task::Prepare(task)).await?;
        if let Some(exists) = exists {
            return Ok(Readiness::Exists(receipt_of(exists).map_err(broken)?));
        }
        add_slots(&mut ready.slots, slots)?;
        Ok(Readiness::Ready(ready))
    }

    fn seal(
        &self,
        cx: &Context,
        steps: &[Step],
        mut ready: Ready,
        stamp: &Stamp,
    ) -> Result<Prepared, PublishError> {
        let [now, key] = stamp.slots();
        if self.abilities().seals {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            self.seal_slots(cx, steps, &mut ready, &text(&now.1), &text(&key.1))?;
        }
        ready.slots.extend([now, key]);
        let rules = steps
            .iter()
            .map(|step| StepRules::read(step).repeat(stamp.now));
        ready.repeat = rules.collect();
        Prepared::fill(steps, ready).map_err(|error| broken(error.to_string()))
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let Some(step) = prepared.steps.get(step) else {
            return Err(broken("the step is missing".to_owned()));
        };
        if let Body::Message { .. } = step.request.body {
            return self.send_message(prepared, step).await;
        }
        self.send_request(cx, prepared, step).await
    }

    async fn find(&self, cx: &Context, sought: &Sought<'_>) -> Result<Found, PublishError> {
        self.find_post(cx, sought).await
    }

    async fn list(&self, cx: &Context, from: Option<&str>) -> Result<ListPage, PublishError> {
        self.list_posts(cx, from).await
    }

    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        self.update_post(cx, receipt, change).await
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        self.current_account(cx).await
    }

    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        self.locate_post(cx, address).await
    }

    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        self.retract_post(cx, receipt).await
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        let login = self.login.as_ref().filter(|login| login.is_interactive())?;
        Some(login)
    }

    fn sender(&self, cx: &Context) -> Sender {
        if let Some(login) = self.login.as_ref().filter(|login| login.is_interactive()) {
            let provider = login.provider();
            let stored = cx.credentials.account(&provider);
            return stored.map_or_else(Sender::default, |account| Sender {
                name: Some(account.name),
                id: Some(account.id),
                profile: Some(provider.profile),
            });
        }
        let key = account::cache_key(&self.component.manifest().name, &self.settings, cx);
        account::cached(cx, &key).map_or_else(Sender::default, |account| Sender {
            name: account.name,
            id: Some(account.id),
            profile: None,
        })
    }

    fn check(&self, cx: &Context) -> Vec<Finding> {
        let mut findings = checks::check_secrets(&self.settings, cx);
        if let Some(login) = self.login.as_ref().filter(|login| login.is_interactive()) {
            findings.push(checks::check_login(login, cx));
        }
        findings
    }

    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        let secrets = checks::check_secrets(&self.settings, cx);
        if secrets
            .iter()
            .any(|finding| matches!(finding, Finding::Failed(_)))
        {
            // `check` reports them.
            return Vec::new();
        }
        match self.account(cx).await {
            Ok(Some(account)) => vec![Finding::Passed(format!("posts as `{account}`"))],
            Ok(None) => Vec::new(),
            Err(error) => vec![checks::failed(error)],
        }
    }
}
