//! Renewals of stored credentials: their order, and what remains after each failure.

use futures_util::future::join_all;
use syndicate_api::{Code, CredentialSource, PublishErrorKind};

use super::platform::{LIFETIME, Platform, after};
use super::*;

/// A user's configuration folder, with the credential of a platform.
struct Home {
    folder: tempfile::TempDir,
    platform: Platform,
}

impl Home {
    fn new(is_reusable: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = files(&folder);
        let file = files.file("platform", "default").unwrap();
        let platform = Platform::new(is_reusable, file);
        let home = Self { folder, platform };
        home.store(&home.platform.first());
        home
    }

    fn store(&self, credential: &Credential) {
        let location = TokenLocation::File;
        let saved = files(&self.folder).save("platform", "default", credential, location);
        saved.unwrap();
    }

    /// Returns the credential after `minutes`, with a store of its own, as another process has.
    async fn get(&self, minutes: i64) -> Result<String, syndicate_api::PublishError> {
        let source = CredentialSource::profile(&self.platform);
        let (files, cx) = (files(&self.folder), after(minutes));
        let credential = files.get_or_refresh(&cx, &source).await?.unwrap();
        Ok(credential.access_token.expose_secret().to_owned())
    }

    fn file(&self) -> String {
        fs::read_to_string(self.platform.file.as_ref().unwrap()).unwrap()
    }

    /// Makes the credential's file impossible to replace.
    fn make_file_unwritable(&self) {
        let file = self.platform.file.as_ref().unwrap();
        let partial = file.with_extension(format!("{}.partial", std::process::id()));
        fs::create_dir(partial).unwrap();
    }
}

#[tokio::test]
async fn renewal_is_recorded_then_stored() {
    let home = Home::new(false);
    assert_eq!(home.get(100).await.unwrap(), "access-0", "it is not due");
    assert_eq!(home.get(110).await.unwrap(), "access-1");
    assert_eq!(home.platform.renewals(), ["refresh-0"]);
    let during = &home.platform.seen_files()[0];
    let has = |text: &str, word: &str| text.contains(word);
    assert!(has(during, "renewal_started") && has(during, "refresh-0"));
    let after = home.file();
    assert!(
        !has(&after, "renewal_started") && has(&after, "refresh-1"),
        "{after}"
    );
    assert_eq!(home.get(111).await.unwrap(), "access-1");
    assert_eq!(home.platform.renewals().len(), 1);
}

#[tokio::test]
async fn lost_answer_keeps_refresh_token() {
    let home = Home::new(false);
    home.platform.fail(Some(PublishErrorKind::Unknown));
    assert_eq!(
        home.get(110).await.unwrap(),
        "access-0",
        "it is still valid"
    );
    let error = home.get(121).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
    assert!(error.message.contains("was lost"), "{error}");
    assert!(error.hint.unwrap().contains("run again soon"));
    assert!(home.file().contains("refresh-0"));
    home.platform.fail(None);
    assert_eq!(home.get(122).await.unwrap(), "access-1");
    assert_eq!(home.platform.renewals(), ["refresh-0"; 3]);
}

#[tokio::test]
async fn refusal_names_earlier_lost_answer() {
    let home = Home::new(false);
    home.platform.fail(Some(PublishErrorKind::Unauthorized));
    let error = home.get(121).await.unwrap_err();
    assert!(!error.to_string().contains("was lost"), "{error}");
    home.platform.fail(Some(PublishErrorKind::Unknown));
    home.get(121).await.unwrap_err();
    home.platform.fail(Some(PublishErrorKind::Unauthorized));
    let error = home.get(122).await.unwrap_err();
    assert_eq!(error.code, Code::TokenExpired);
    let cause = error.cause.unwrap();
    assert!(
        cause.contains("renewal of 2026-11-22T14:01:00Z was lost"),
        "{cause}"
    );
    assert!(error.hint.unwrap().contains("auth login platform"));
}

#[tokio::test]
async fn refused_renewal_leaves_no_record() {
    for kind in [
        PublishErrorKind::Unavailable,
        PublishErrorKind::Unauthorized,
    ] {
        let home = Home::new(false);
        let before = home.file();
        home.platform.fail(Some(kind));
        assert_eq!(home.get(121).await.unwrap_err().kind, kind);
        assert_eq!(home.file(), before);
    }
}

#[tokio::test]
async fn unwritable_credential_is_not_renewed() {
    let blocked_lock = Home::new(false);
    let locks = blocked_lock.folder.path().join("syndicate/token-locks");
    fs::write(locks, "").unwrap();
    let blocked_file = Home::new(false);
    blocked_file.make_file_unwritable();
    for home in [blocked_lock, blocked_file] {
        assert_eq!(
            home.get(110).await.unwrap(),
            "access-0",
            "it is still valid"
        );
        let error = home.get(121).await.unwrap_err();
        assert_eq!(error.code, Code::TokenExpired);
        assert!(error.message.contains("cannot be stored"), "{error}");
        assert!(home.platform.renewals().is_empty(), "no request is sent");
        let source = CredentialSource::profile(&home.platform);
        let finding = files(&home.folder).check_renewal(&source).unwrap_err();
        assert!(finding.message.contains("cannot be stored"));
        assert!(finding.hint.unwrap().contains("XDG_CONFIG_HOME"));
    }
}

#[tokio::test]
async fn writable_credential_passes_check() {
    let home = Home::new(false);
    let before = home.file();
    let source = CredentialSource::profile(&home.platform);
    files(&home.folder).check_renewal(&source).unwrap();
    assert_eq!(home.file(), before);
}

#[tokio::test]
async fn reusable_token_is_renewed_without_storing() {
    let home = Home::new(true);
    home.make_file_unwritable();
    assert_eq!(home.get(110).await.unwrap(), "access-1");
    assert_eq!(home.get(110).await.unwrap(), "access-2");
    assert_eq!(home.platform.renewals(), ["refresh-0"; 2]);
    let source = CredentialSource::profile(&home.platform);
    files(&home.folder).check_renewal(&source).unwrap();
}

#[tokio::test]
async fn parallel_renewals_send_one_request() {
    let home = Home::new(false);
    let (expired, cx) = (home.platform.first(), after(60));
    let source = CredentialSource::profile(&home.platform);
    let renewals = (0..20).map(|_| async {
        // Each has a store, and so a lock, of its own, as processes have.
        let renewed = files(&home.folder).renew(&cx, &source, &expired).await;
        renewed.unwrap().access_token.expose_secret().to_owned()
    });
    assert_eq!(join_all(renewals).await, ["access-1"; 20]);
    assert_eq!(home.platform.renewals().len(), 1);
}

#[tokio::test]
async fn renewal_does_not_undo_logout() {
    let home = Home::new(false);
    let files = files(&home.folder);
    files.delete("platform", "default").unwrap();
    let source = CredentialSource::profile(&home.platform);
    let first = home.platform.first();
    let renewed = files.renew(&after(60), &source, &first).await;
    let error = renewed.unwrap_err();
    assert!(error.message.contains("signed out"), "{error}");
    assert!(!home.platform.file.unwrap().exists());
}

#[test]
fn token_is_due_by_its_lifetime() {
    let due = |lifetime: SignedDuration, left: SignedDuration| {
        let end = Timestamp::UNIX_EPOCH + lifetime;
        let credential = Credential {
            expires: Some(end),
            ..credential("token")
        };
        is_due(&credential, end - left)
    };
    let (days, minutes) = (
        |n: i64| SignedDuration::from_hours(24 * n),
        SignedDuration::from_mins,
    );
    assert!(!due(days(60), days(7)));
    assert!(due(days(60), days(7) - minutes(1)));
    assert!(!due(minutes(120), minutes(15)));
    assert!(due(minutes(120), minutes(14)));
    assert!(due(minutes(120), -minutes(1)));
}

#[test]
fn equal_token_with_other_expiry_is_renewed() {
    let home = Home::new(false);
    let first = home.platform.first();
    let renewed = Credential {
        expires: first.expires.map(|expires| expires + LIFETIME),
        ..first.clone()
    };
    assert!(is_same(&first, &first.clone()));
    assert!(!is_same(&first, &renewed));
}
