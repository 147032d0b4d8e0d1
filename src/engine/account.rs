//! Digests of platform accounts in the ledger. A post is updated, retracted or repeated only with the
//! account that created it.

use syndicate_api::{Code, Context, PublishError, PublishErrorKind, sha256_hex};

use super::SinkStage;
use crate::ledger::Attempt;

/// The number of hexadecimal digits of a digest.
const DIGITS: usize = 16;

/// Returns the digest of `account`, an account of a sink of type `sink_type`.
pub(super) fn digest(sink_type: &str, account: &str) -> String {
    let mut digits = sha256_hex(format!("{sink_type}\n{account}").as_bytes());
    digits.truncate(DIGITS);
    digits
}

/// Checks that the sink still uses the account that made `attempt`. Ledgers of version 0.1.0 record no
/// account, so any account passes.
///
/// # Errors
/// `Rejected` with [`Code::OtherAccount`], and the errors of `Sink::account`.
pub(super) async fn check(
    attempt: &Attempt,
    stage: &SinkStage,
    cx: &Context,
) -> Result<(), PublishError> {
    let Some(recorded) = &attempt.account else {
        return Ok(());
    };
    let Some(account) = stage.account(cx).await? else {
        return Ok(());
    };
    if digest(&stage.kind, &account) == *recorded {
        return Ok(());
    }
    let message = format!("`{account}` is not the account that created the post");
    let error = PublishError::new(PublishErrorKind::Rejected, Code::OtherAccount, message);
    Err(match Code::OtherAccount.hint() {
        Some(hint) => error.with_hint(hint),
        None => error,
    })
}
