//! Sends the text of each post to a webhook. `plugins/README.md` explains each part.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use syndicate_api::{
    ComponentContext, Context, Diagnostic, ErrorTable, Limits, Payload, Post, Prepared,
    PublishError, Receipt, Result, Secret, ServerInfo, Sink, SinkOptions, SinkPlugin, async_trait,
};
#[cfg(test)]
mod tests;

/// The plugin as the program registers it.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(None);
const ERRORS: ErrorTable = ErrorTable::new("the webhook", "/code", "/message");

/// Options of `minimal`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The URL of the webhook's server, without `/messages`.
    pub endpoint: String,
    /// The access token.
    pub token: Secret,
}

impl SinkOptions for Options {
    const NAME: &'static str = "minimal";
    const SUMMARY: &'static str = "Sends the text of each post to a webhook.";
    const EXAMPLE: &'static str = "endpoint: https://hooks.example.org\ntoken: ${WEBHOOK_TOKEN}";
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Sink for Options {
    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(500)
    }
    fn template(&self) -> &str {
        "{{fit title}} {{link}}"
    }
    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let body = json!({"text": post.text.plain()});
        Ok(Payload::post(Self::NAME, "/messages", body))
    }
    async fn send(
        &self,
        cx: &Context,
        to: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let request = to.steps[step].request.to_http(&self.endpoint);
        let request = request.bearer(&self.token.reveal(&cx.env)?);
        let response = ERRORS.check_create(cx, cx.http.send(request).await)?;
        ERRORS.receipt(&response, "/id", "/url")
    }
}
