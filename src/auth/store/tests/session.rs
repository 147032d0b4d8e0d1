//! Sessions of passwords in a sink's options.

use syndicate_api::{CredentialSource, PublishErrorKind};

use super::platform::{Platform, after};
use super::*;

/// Returns the access token of the session after `minutes`.
async fn session(files: &TokenFiles, platform: &Platform, minutes: i64) -> String {
    let secret = SecretString::from("never-to-be-stored");
    let source = CredentialSource::password(platform, "jane.example", &secret);
    let session = files.get_or_refresh(&after(minutes), &source).await;
    let session = session.unwrap().unwrap();
    session.access_token.expose_secret().to_owned()
}

#[tokio::test]
async fn session_is_shared_and_renewed() {
    let (home, platform) = (tempfile::tempdir().unwrap(), Platform::default());
    assert_eq!(session(&files(&home), &platform, 0).await, "access-1");
    assert_eq!(session(&files(&home), &platform, 60).await, "access-1");
    assert_eq!(session(&files(&home), &platform, 119).await, "access-2");
    assert_eq!((platform.sign_ins(), platform.renewals().len()), (1, 1));
    let stored = files(&home).all();
    assert_eq!(stored.len(), 1);
    assert!(stored[0].profile.starts_with("session-"), "{stored:?}");
    let text = fs::read_to_string(&stored[0].file).unwrap();
    assert!(!text.contains("never-to-be-stored"), "{text}");
}

#[tokio::test]
async fn refused_session_is_replaced() {
    let (home, platform) = (tempfile::tempdir().unwrap(), Platform::default());
    session(&files(&home), &platform, 0).await;
    platform.fail(Some(PublishErrorKind::Unauthorized));
    assert_eq!(session(&files(&home), &platform, 121).await, "access-2");
    assert_eq!((platform.sign_ins(), platform.renewals().len()), (2, 1));
    // A server that does not answer does not make the program sign in.
    platform.fail(Some(PublishErrorKind::Unavailable));
    assert_eq!(session(&files(&home), &platform, 240).await, "access-2");
    assert_eq!(platform.sign_ins(), 2);
}

#[tokio::test]
async fn unstored_session_lasts_for_run() {
    let (home, platform) = (tempfile::tempdir().unwrap(), Platform::default());
    fs::write(home.path().join("syndicate"), "").unwrap();
    let run = files(&home);
    assert_eq!(session(&run, &platform, 0).await, "access-1");
    assert_eq!(session(&run, &platform, 60).await, "access-1");
    assert_eq!(session(&run, &platform, 121).await, "access-2");
    assert_eq!(platform.sign_ins(), 2);
    assert!(platform.renewals().is_empty(), "it could not be stored");
    assert_eq!(session(&files(&home), &platform, 60).await, "access-3");

    let secret = SecretString::from("password");
    let source = CredentialSource::password(&platform, "jane.example", &secret);
    let finding = files(&home).check_renewal(&source).unwrap_err();
    assert!(finding.message.contains("cannot be stored"), "{finding}");
}
