//! Has the plugin compute slots from the time and the key of an attempt, such as a signature.

use plugin_protocol::{SealOk, SealSecrets, SealTask, Task};
use serde_json::Value;
use syndicate_api::{Context, ExposeSecret as _, PublishError, Ready, Step};

use super::dialogue::{broken, failed, refused};
use super::program_sink::ProgramSink;
use super::redaction::Redaction;
use super::requests::spec_of;
use super::slots::add_slots;
use crate::host::component::parse;

impl ProgramSink {
    /// Adds the slots that the plugin computes to `ready`.
    ///
    /// # Errors
    /// If the plugin fails, or a slot has a value already or contains a secret.
    pub(super) fn seal_slots(
        &self,
        cx: &Context,
        steps: &[Step],
        ready: &mut Ready,
        now: &str,
        key: &str,
    ) -> Result<(), PublishError> {
        let task = SealTask {
            now: now.to_owned(),
            key: key.to_owned(),
            slots: ready.slots.clone().into_iter().collect(),
            steps: steps.iter().map(spec_of).collect(),
            secrets: self.seal_secrets(cx)?,
        };
        let sealed =
            self.component.with(
                |conversation, _| match conversation.ask(Task::Seal(task))? {
                    Ok(ok) => Ok(Ok(parse::<SealOk>(ok, "seal")?)),
                    Err(error) => Ok(Err(error)),
                },
            );
        let sealed = sealed.map_err(|failure| failed(&failure))?;
        let SealOk { slots } = sealed.map_err(|error| refused(&error))?;
        let redaction = Redaction::new(self.settings.known_secrets(cx));
        let clean = redaction.json(Value::Object(slots.clone()));
        if clean.as_object() != Some(&slots) {
            return Err(broken("a slot of `seal` contains a secret".to_owned()));
        }
        add_slots(&mut ready.slots, slots)
    }

    /// Returns the secrets that the plugin may read to sign a post.
    fn seal_secrets(&self, cx: &Context) -> Result<SealSecrets, PublishError> {
        let names = self.component.manifest().wants.seal_secrets.iter();
        let revealed = names.map(|name| {
            let secret = self.settings.secret(cx, name)?;
            Ok((name.clone(), secret.expose_secret().to_owned()))
        });
        revealed
            .collect::<Result<_, PublishError>>()
            .map(SealSecrets)
    }
}
