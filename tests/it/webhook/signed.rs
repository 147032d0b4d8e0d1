//! Signatures, verified by the library of Standard Webhooks. `tests/run` installs it.

use platform_fakes::Fake;
use platform_fakes::webhook::Receiver;

use super::{build, project};
use crate::support::clock;
use crate::support::standard_webhooks::verify;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLwSw";

#[test]
#[ignore = "needs standardwebhooks from PyPI: tests/run installs it"]
fn delivery_is_verified_by_library() {
    let fake = Fake::start(Receiver::new(), clock::now);
    let project = project(&fake, "url: \"${HOOK}\", secret: \"${SECRET}\"")
        .env("HOOK", "https://hooks.example.com/hook-of-the-tests")
        .env("SECRET", SECRET)
        .with_system_clock();
    build(&project, 0);
    let [delivery] = fake.posts().try_into().unwrap();
    assert_eq!(verify(SECRET, &delivery), Ok(()));
    let other_secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert!(verify(other_secret, &delivery).is_err());
}
