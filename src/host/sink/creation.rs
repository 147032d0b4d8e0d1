//! Sends the request of a step, and reads the response by the plugin's answer table.

use syndicate_api::{
    Context, Credential, Prepared, PublishError, PublishErrorKind, Receipt, Role, Step,
};

use super::access::Access;
use super::outcome::Outcome;
use super::program_sink::ProgramSink;
use super::receipt::ReadResponse;
use super::step_rules::StepRules;
use super::transport::Transport;

impl ProgramSink {
    /// Sends the request of `step`. If the platform refuses the token of a login, that is renewed and the request sent
    /// once more.
    ///
    /// # Errors
    /// Returns `Unknown` for the creating request unless its answer table proves that nothing was created.
    pub(super) async fn send_request(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: &Step,
    ) -> Result<Receipt, PublishError> {
        let access = self.access();
        let credential = access.credential(cx).await?;
        let sent = self
            .send_once(cx, prepared, step, credential.as_ref())
            .await;
        match (sent, access, credential) {
            // The platform has certainly not taken the request.
            (Err(error), Access::Login(login), Some(seen))
                if error.kind == PublishErrorKind::Unauthorized =>
            {
                let renewed = login.renew(cx, &seen).await?;
                self.send_once(cx, prepared, step, Some(&renewed)).await
            }
            (sent, ..) => sent,
        }
    }

    /// Sends the request of `step` once.
    async fn send_once(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: &Step,
        login: Option<&Credential>,
    ) -> Result<Receipt, PublishError> {
        let outcome = Outcome {
            platform: self.platform(),
            rules: &StepRules::read(step),
            creates: step.role == Role::Create,
        };
        let transport = Transport {
            cx,
            settings: &self.settings,
            access: self.access(),
        };
        match transport.send(&step.request, login).await? {
            Ok(response) => outcome.of(&ReadResponse {
                json: response.json(),
                response: &response,
                slots: &prepared.slots,
                now: cx.now(),
            }),
            Err(error) => Err(outcome.no_response(&error)),
        }
    }
}
