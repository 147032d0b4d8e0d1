//! Contains panics of plugins: a fault of one sink, transform or source ends the call that met it, and not the run. What
//! a run must record afterwards, such as an unknown outcome, is recorded as for any other error.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use syndicate_api::{
    Context, Diagnostic, Found, ListPage, Medium, Panic, Prepared, PublishError, PublishErrorKind,
    Readiness, Ready, Receipt, Role, ServerInfo, Sought, Stamp, Step, contain,
};

use super::SinkStage;

/// Awaits `call` and returns its panic as an error, as [`contain`] does for a call.
pub(super) async fn contain_async<T>(call: impl Future<Output = T>) -> Result<T, Panic> {
    let caught = AssertUnwindSafe(call).catch_unwind().await;
    caught.map_err(|payload| Panic::of(&*payload))
}

/// Calls of the sink that a delivery depends on. A panic becomes an error of the call.
impl SinkStage {
    /// Calls [`Sink::discover`](syndicate_api::Sink::discover).
    pub(super) async fn discover(&self, cx: &Context) -> Result<ServerInfo, PublishError> {
        self.contained(self.sink.discover(cx)).await
    }

    /// Calls [`Sink::prepare`](syndicate_api::Sink::prepare).
    pub(super) async fn prepare(
        &self,
        cx: &Context,
        steps: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        self.contained(self.sink.prepare(cx, steps, media)).await
    }

    /// Calls [`Sink::seal`](syndicate_api::Sink::seal).
    pub(super) fn seal(
        &self,
        cx: &Context,
        steps: &[Step],
        ready: Ready,
        stamp: &Stamp,
    ) -> Result<Prepared, PublishError> {
        let sealed = contain(|| self.sink.seal(cx, steps, ready, stamp));
        sealed.unwrap_or_else(|panic| Err(self.error(PublishErrorKind::Rejected, &panic)))
    }

    /// Calls [`Sink::send`](syndicate_api::Sink::send). After a panic the outcome of a creating request is unknown,
    /// because the request may have left before.
    pub(super) async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let sent = contain_async(self.sink.send(cx, prepared, step)).await;
        sent.unwrap_or_else(|panic| {
            let creates = prepared.steps.get(step).map(|step| step.role) == Some(Role::Create);
            let kind = match creates {
                true => PublishErrorKind::Unknown,
                false => PublishErrorKind::Rejected,
            };
            Err(self.error(kind, &panic))
        })
    }

    /// Calls [`Sink::find`](syndicate_api::Sink::find).
    pub(super) async fn find(
        &self,
        cx: &Context,
        sought: &Sought<'_>,
    ) -> Result<Found, PublishError> {
        self.contained(self.sink.find(cx, sought)).await
    }

    /// Calls [`Sink::list`](syndicate_api::Sink::list).
    pub(super) async fn list(
        &self,
        cx: &Context,
        from: Option<&str>,
    ) -> Result<ListPage, PublishError> {
        self.contained(self.sink.list(cx, from)).await
    }

    /// Calls [`Sink::update`](syndicate_api::Sink::update).
    pub(super) async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        self.contained(self.sink.update(cx, receipt, change)).await
    }

    /// Calls [`Sink::account`](syndicate_api::Sink::account).
    pub(super) async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        self.contained(self.sink.account(cx)).await
    }

    /// Calls [`Sink::locate`](syndicate_api::Sink::locate).
    pub(crate) async fn locate(
        &self,
        cx: &Context,
        address: &str,
    ) -> Result<Receipt, PublishError> {
        self.contained(self.sink.locate(cx, address)).await
    }

    /// Calls [`Sink::retract`](syndicate_api::Sink::retract).
    pub(super) async fn retract(
        &self,
        cx: &Context,
        receipt: &Receipt,
    ) -> Result<(), PublishError> {
        self.contained(self.sink.retract(cx, receipt)).await
    }

    async fn contained<T>(
        &self,
        call: impl Future<Output = Result<T, PublishError>>,
    ) -> Result<T, PublishError> {
        let called = contain_async(call).await;
        called.unwrap_or_else(|panic| Err(self.error(PublishErrorKind::Rejected, &panic)))
    }

    fn error(&self, kind: PublishErrorKind, panic: &Panic) -> PublishError {
        let Diagnostic { code, message, .. } =
            panic.diagnostic(format_args!("sink `{}`", self.name));
        let error = PublishError::new(kind, code, message);
        match code.hint() {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }
}
