//! Validates the options without network or secrets, so that mistakes are reported before anything runs.

use syndicate_api::{Diagnostic, Endpoint, PicturePolicy};

use super::{CardStyle, Dialect, Options};
use crate::body::BodyTemplate;
use crate::duration::parse_duration;
use crate::endpoint::PLAIN_HTTP;
use crate::telegram::is_chat_id;

/// The largest length of a text for a generic receiver.
const MAX_TEXT_LIMIT: usize = 1_000_000;

impl Options {
    /// Returns all problems that are visible without network and secrets.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.unused_options();
        diagnostics.extend(self.credentials());
        diagnostics.extend(self.card_options());
        if let Some(endpoint) = &self.endpoint
            && let Err(reason) = Endpoint::parse(endpoint, PLAIN_HTTP)
        {
            let message = format!("`{endpoint}` {reason}");
            let hint = "set scheme and host, such as `https://proxy.example.org`, or remove it";
            diagnostics.push(Diagnostic::option(&["endpoint"], message).with_hint(hint));
        }
        if let Some(time) = &self.receiver_keeps_ids
            && parse_duration(time).is_none()
        {
            let message = format!("invalid duration `{time}`");
            let hint = "set a time such as `24h` or `7d`";
            diagnostics.push(Diagnostic::option(&["receiver_keeps_ids"], message).with_hint(hint));
        }
        if let Some(limit) = self.text_limit
            && !(1..=MAX_TEXT_LIMIT).contains(&limit)
        {
            let message = format!("invalid text limit `{limit}`");
            let hint = format!("set a number from 1 to {MAX_TEXT_LIMIT}");
            diagnostics.push(Diagnostic::option(&["text_limit"], message).with_hint(hint));
        }
        if let Some(body) = &self.body {
            diagnostics.extend(BodyTemplate::new(&["body"], body).err().unwrap_or_default());
        }
        if let Some(name) = &self.thread_name {
            let template = BodyTemplate::new(&["thread_name"], &name.as_str().into());
            diagnostics.extend(template.err().unwrap_or_default());
        }
        diagnostics
    }

    /// Returns the options that the dialect does not have.
    fn unused_options(&self) -> Vec<Diagnostic> {
        use Dialect::{Discord, Generic, Slack, Telegram};
        let is_bot = self.dialect == Slack && self.token.is_some();
        let own_card =
            self.dialect != Telegram && self.card.is_none_or(|card| card == CardStyle::Own);
        let rows: [(&str, bool, bool); 11] = [
            (
                "url",
                self.url.is_some(),
                self.dialect != Telegram && !is_bot,
            ),
            (
                "token",
                self.token.is_some(),
                matches!(self.dialect, Slack | Telegram),
            ),
            (
                "channel",
                self.channel.is_some(),
                self.dialect == Slack && is_bot,
            ),
            ("chat_id", self.chat_id.is_some(), self.dialect == Telegram),
            ("card", self.card.is_some(), self.dialect != Generic),
            ("thumbnail", self.thumbnail.is_some(), own_card),
            ("body", self.body.is_some(), self.dialect == Generic),
            ("secret", self.secret.is_some(), self.dialect == Generic),
            (
                "receiver_keeps_ids",
                self.receiver_keeps_ids.is_some(),
                self.dialect == Generic,
            ),
            (
                "text_limit",
                self.text_limit.is_some(),
                self.dialect == Generic,
            ),
            (
                "thread_name",
                self.thread_name.is_some(),
                self.dialect == Discord,
            ),
        ];
        let unused = rows
            .iter()
            .filter(|(_, is_set, is_used)| *is_set && !*is_used);
        let unused = unused.map(|(key, ..)| {
            let message = match *key {
                "url" if is_bot => "`url` has no effect beside `token`".to_owned(),
                "channel" if self.dialect == Slack => {
                    "`channel` has no effect without `token`: a webhook belongs to one channel"
                        .to_owned()
                }
                "thumbnail" if self.dialect != Telegram => {
                    "`thumbnail` has no effect unless `card` is `own`".to_owned()
                }
                key => format!(
                    "`{key}` has no effect with `dialect: {}`",
                    self.dialect.name()
                ),
            };
            Diagnostic::option(&[key], message).with_hint(format!("remove `{key}`"))
        });
        unused.collect()
    }

    /// Returns the missing credentials and addresses.
    fn credentials(&self) -> Vec<Diagnostic> {
        let missing = |key: &str, hint: &str| {
            let message = format!("missing key `{key}` for `dialect: {}`", self.dialect.name());
            vec![Diagnostic::option(&[], message).with_hint(hint)]
        };
        match self.dialect {
            Dialect::Generic | Dialect::Discord if self.url.is_none() => missing(
                "url",
                "set the variable `WEBHOOK_URL`, and `url: ${WEBHOOK_URL}`",
            ),
            Dialect::Slack if self.url.is_none() && self.token.is_none() => missing(
                "url",
                "add `url: ${SLACK_WEBHOOK_URL}`, or `token: ${SLACK_BOT_TOKEN}` and `channel`",
            ),
            Dialect::Slack if self.token.is_some() && self.channel.is_none() => {
                missing("channel", "add `channel:` with the ID of the channel")
            }
            Dialect::Telegram if self.token.is_none() => {
                missing("token", "add `token: ${TELEGRAM_BOT_TOKEN}`")
            }
            Dialect::Telegram => match &self.chat_id {
                None => missing("chat_id", "add `chat_id:` with `@name` of the channel"),
                Some(chat) if !is_chat_id(chat) => {
                    let message = format!("invalid chat `{chat}`");
                    let hint = "set `@name` of a public channel, or the number of the chat";
                    vec![Diagnostic::option(&["chat_id"], message).with_hint(hint)]
                }
                Some(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn card_options(&self) -> Vec<Diagnostic> {
        let is_own = self.card == Some(CardStyle::Own);
        if self.dialect == Dialect::Telegram && is_own {
            let message = "a Telegram bot cannot send a card of its own";
            let hint = "set `card: platform` or `card: none`";
            return vec![Diagnostic::option(&["card"], message).with_hint(hint)];
        }
        if self.thumbnail == Some(PicturePolicy::Draw) {
            let message = "chats fetch the picture of a card from the site, which a drawn card is not part of";
            let hint = "set `thumbnail: warn`";
            return vec![Diagnostic::option(&["thumbnail"], message).with_hint(hint)];
        }
        Vec::new()
    }

    /// Returns the policy for an own card without a picture.
    pub(crate) fn card_pictures(&self) -> PicturePolicy {
        self.thumbnail.unwrap_or(PicturePolicy::Warn)
    }
}
