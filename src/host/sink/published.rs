//! The requests about published posts and their account, which are dialogues.

use plugin_protocol::{
    AccountOk, EmptyTask, FindOk, FindTask, ListOk, ListTask, LocateTask, MatchedBy, PostReceipt,
    RetractTask, SoughtPost, Task, UpdateTask,
};
use serde_json::{Map, Value};
use syndicate_api::{
    Code, Context, Found, FoundBy, ListPage, Listed, Prepared, PublishError, PublishErrorKind,
    Receipt, Result, Sought,
};

use super::access::Login as _;
use super::account;
use super::dialogue::{Dialogue, broken};
use super::program_sink::ProgramSink;
use super::receipt::{message_of, receipt_of};
use super::requests::spec_of;

/// Methods of `Sink` with the same contract.
impl ProgramSink {
    pub(super) async fn find_post(
        &self,
        cx: &Context,
        sought: &Sought<'_>,
    ) -> Result<Found, PublishError> {
        if !self.abilities().finds {
            let reason = "this sink cannot search its platform".to_owned();
            return Ok(Found::Unclear(reason));
        }
        let create = sought.prepared.and_then(Prepared::create);
        let slots = sought
            .intent
            .map(|(_, slots)| slots.clone())
            .unwrap_or_default();
        let post = SoughtPost {
            since: sought.earliest().map(|since| since.to_string()),
            slots: slots.into_iter().collect(),
            links: sought.links.to_vec(),
            title: sought.title.map(str::to_owned),
            step: create.map(spec_of),
        };
        let dialogue = Dialogue {
            create: create.map(|step| &step.request),
            ..self.dialogue(cx)
        };
        let task = Task::Find(Box::new(FindTask { sought: post }));
        Ok(match dialogue.run("find", task).await? {
            FindOk {
                here: Some(found),
                not_there: false,
                unclear: None,
            } => Found::Here {
                receipt: receipt_of(found.receipt).map_err(broken)?,
                by: match found.by {
                    MatchedBy::Key => FoundBy::Key,
                    MatchedBy::Link => FoundBy::Link,
                },
            },
            FindOk {
                here: None,
                not_there: true,
                unclear: None,
            } => Found::NotThere,
            FindOk {
                here: None,
                not_there: false,
                unclear: Some(why),
            } => Found::Unclear(why),
            _ => {
                let message = "`find` answers one of `here`, `not_there` and `unclear`";
                return Err(broken(message.to_owned()));
            }
        })
    }

    pub(super) async fn list_posts(
        &self,
        cx: &Context,
        from: Option<&str>,
    ) -> Result<ListPage, PublishError> {
        self.requires(self.abilities().lists, "list posts")?;
        let from = from.map(str::to_owned);
        let task = Task::List(ListTask { from });
        let ListOk { posts, next } = self.dialogue(cx).run("list", task).await?;
        let posts = posts.into_iter().map(|post| {
            Ok(Listed {
                receipt: receipt_of(post.receipt).map_err(broken)?,
                links: post.links,
                title: post.title,
            })
        });
        let posts = posts.collect::<Result<Vec<_>, PublishError>>()?;
        Ok(ListPage { posts, next })
    }

    pub(super) async fn update_post(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        self.requires(self.abilities().edits, "change a published post")?;
        let task = UpdateTask {
            receipt: message_of(receipt),
            steps: change.steps.iter().map(spec_of).collect(),
        };
        let found: PostReceipt = self.dialogue(cx).run("update", Task::Update(task)).await?;
        let updated = receipt_of(found).map_err(broken)?;
        Ok(Receipt {
            id: updated.id.or_else(|| receipt.id.clone()),
            url: updated.url.or_else(|| receipt.url.clone()),
            at: updated.at.or(receipt.at),
            extra: match updated.extra.is_empty() {
                true => receipt.extra.clone(),
                false => updated.extra,
            },
        })
    }

    pub(super) async fn current_account(
        &self,
        cx: &Context,
    ) -> Result<Option<String>, PublishError> {
        if !self.abilities().account {
            return Ok(None);
        }
        if let Some(login) = self.login.as_ref().filter(|login| login.is_interactive()) {
            return login
                .credential(cx)
                .await
                .map(|credential| Some(credential.account));
        }
        let key = account::cache_key(&self.component.manifest().name, &self.settings, cx);
        if let Some(known) = account::cached(cx, &key) {
            return Ok(Some(known.id));
        }
        let task = Task::Account(EmptyTask {});
        let account: AccountOk = self.dialogue(cx).run("account", task).await?;
        if account.id.is_empty() {
            return Err(broken("the account has no identifier".to_owned()));
        }
        account::remember(cx, &key, &account);
        Ok(Some(account.id))
    }

    pub(super) async fn locate_post(
        &self,
        cx: &Context,
        address: &str,
    ) -> Result<Receipt, PublishError> {
        let address = address.trim().to_owned();
        if !self.abilities().locates {
            let is_id = !address.is_empty() && !address.contains(char::is_whitespace);
            self.requires(is_id, "find a post by this address")?;
            return Ok(Receipt::new(address));
        }
        let task = Task::Locate(LocateTask { address });
        let found: PostReceipt = self.dialogue(cx).run("locate", task).await?;
        receipt_of(found).map_err(broken)
    }

    pub(super) async fn retract_post(
        &self,
        cx: &Context,
        receipt: &Receipt,
    ) -> Result<(), PublishError> {
        self.requires(self.abilities().retracts, "retract a post")?;
        let receipt = message_of(receipt);
        let task = Task::Retract(RetractTask { receipt });
        let _: Map<String, Value> = self.dialogue(cx).run("retract", task).await?;
        Ok(())
    }

    fn requires(&self, has: bool, what: &str) -> Result<(), PublishError> {
        if has {
            return Ok(());
        }
        let message = format!("plugin `{}` cannot {what}", self.component.manifest().name);
        let kind = PublishErrorKind::Rejected;
        Err(PublishError::new(kind, Code::Unsupported, message)
            .with_hint("do it on the platform itself"))
    }
}
