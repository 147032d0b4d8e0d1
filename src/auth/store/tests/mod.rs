//! Tests of the credential store and of its files.

mod apps;
mod platform;
mod renewal;
mod session;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::renew::renewed;
use super::*;
use crate::auth::server::TokenResponse;
use syndicate_api::{Account, Name, Provider, SecretString};

fn files(home: &tempfile::TempDir) -> TokenFiles {
    let path = home.path().to_str().unwrap();
    TokenFiles::open(&Env::from_pairs([("XDG_CONFIG_HOME", path)]))
}

/// Returns the provider of the profile `default` with this issuer.
fn provider(issuer: &str) -> Provider {
    Provider {
        platform: Name::Borrowed("linkedin"),
        title: Name::Borrowed("LinkedIn"),
        issuer: issuer.to_owned(),
        profile: "default".to_owned(),
        setup: Name::Borrowed(""),
        permissions: Name::Borrowed(""),
    }
}

fn credential(token: &str) -> Credential {
    let owner = Account {
        id: "urn:a".to_owned(),
        name: "A".to_owned(),
    };
    let token = SecretString::from(token);
    Credential {
        client_id: "app".to_owned(),
        refresh_token: Some(SecretString::from("AQW")),
        refresh_until: Some(Timestamp::UNIX_EPOCH),
        scopes: vec!["a".to_owned()],
        ..Credential::new("https://a.example", token, Timestamp::UNIX_EPOCH, owner)
    }
}

#[test]
fn saved_token_exists_until_deleted() {
    let home = tempfile::tempdir().unwrap();
    let files = files(&home);
    assert!(files.get("linkedin", "default").unwrap().is_none());
    files
        .save(
            "linkedin",
            "default",
            &credential("one"),
            TokenLocation::File,
        )
        .unwrap();
    let file = files
        .save(
            "linkedin",
            "default",
            &credential("two"),
            TokenLocation::File,
        )
        .unwrap();
    files
        .save("linkedin", "b", &credential("three"), TokenLocation::File)
        .unwrap();
    let kept = files.get("linkedin", "default").unwrap().unwrap();
    assert_eq!(kept.access_token.expose_secret(), "two");
    assert_eq!(kept.refresh_until, Some(Timestamp::UNIX_EPOCH));
    let names = |files: &TokenFiles| {
        let all = files.all().into_iter();
        all.map(|kept| kept.profile).collect::<Vec<_>>()
    };
    assert_eq!(names(&files), ["b", "default"]);
    let folder = fs::read_dir(file.parent().unwrap()).unwrap();
    assert_eq!(folder.count(), 2, "nothing half-written is left");
    assert!(files.delete("linkedin", "default").unwrap());
    assert!(!files.delete("linkedin", "default").unwrap());
    assert_eq!(names(&files), ["b"]);
}

#[test]
fn profile_name_cannot_leave_folder() {
    let home = tempfile::tempdir().unwrap();
    for name in ["", ".", "..", "../x", "a/b", "a b", "a.json"] {
        let error = files(&home).get("linkedin", name).unwrap_err();
        assert!(
            error.to_string().contains("invalid profile name"),
            "{name}: {error}"
        );
    }
}

#[test]
fn store_without_home_is_empty() {
    let files = TokenFiles::open(&Env::empty());
    assert!(files.get("linkedin", "default").unwrap().is_none());
    assert!(
        files
            .save(
                "linkedin",
                "default",
                &credential("one"),
                TokenLocation::File
            )
            .is_err()
    );
    assert!(files.all().is_empty());
}

#[test]
fn refresh_keeps_refresh_token_expiry() {
    let granted = |refresh_until| TokenResponse {
        access_token: SecretString::from("new"),
        issued: Timestamp::MAX,
        expires: Some(Timestamp::MAX),
        refresh_token: None,
        refresh_until,
        scopes: None,
    };
    let after = renewed(&credential("old"), granted(None));
    assert_eq!(after.access_token.expose_secret(), "new");
    assert_eq!(after.refresh_until, Some(Timestamp::UNIX_EPOCH));
    assert!(after.refresh_token.is_some() && after.has_scope("a"));
    let after = renewed(&credential("old"), granted(Some(Timestamp::MAX)));
    assert_eq!(after.refresh_until, Some(Timestamp::MAX));
}

/// A keychain in memory.
#[derive(Clone, Debug, Default)]
struct FakeKeychain(Arc<Mutex<BTreeMap<String, String>>>);

impl Keychain for FakeKeychain {
    fn get(&self, name: &str) -> Result<SecretString, String> {
        let all = self.0.lock().unwrap();
        let secret = all.get(name).ok_or("it is not there")?;
        Ok(SecretString::from(secret.as_str()))
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), String> {
        let secret = secret.expose_secret().to_owned();
        self.0.lock().unwrap().insert(name.to_owned(), secret);
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

#[test]
fn keychain_holds_only_secrets() {
    let home = tempfile::tempdir().unwrap();
    let ring = FakeKeychain::default();
    let files = files(&home).with_keychain(Box::new(ring.clone()));
    let kept = |location| {
        let credential = credential("AQX-secret");
        let file = files
            .save("linkedin", "default", &credential, location)
            .unwrap();
        fs::read_to_string(file).unwrap()
    };
    let text = kept(TokenLocation::Keychain);
    assert!(
        !text.contains("AQX-secret") && !text.contains("AQW"),
        "{text}"
    );
    let credential = files.get("linkedin", "default").unwrap().unwrap();
    assert_eq!(credential.access_token.expose_secret(), "AQX-secret");
    assert_eq!(credential.refresh_token.unwrap().expose_secret(), "AQW");
    assert_eq!(credential.account_name, "A");
    assert_eq!(files.all().len(), 1);

    // The secrets are stored at one location at a time.
    assert!(kept(TokenLocation::File).contains("AQX-secret"));
    assert!(ring.0.lock().unwrap().is_empty());
    kept(TokenLocation::Keychain);
    assert!(files.delete("linkedin", "default").unwrap());
    assert!(ring.0.lock().unwrap().is_empty());
    assert!(files.get("linkedin", "default").unwrap().is_none());
}

#[test]
fn missing_keychain_entry_is_reported() {
    let home = tempfile::tempdir().unwrap();
    let ring = FakeKeychain::default();
    let files = files(&home).with_keychain(Box::new(ring.clone()));
    files
        .save(
            "linkedin",
            "default",
            &credential("AQX"),
            TokenLocation::Keychain,
        )
        .unwrap();
    ring.0.lock().unwrap().clear();
    // The account is read without the keychain.
    let account = files.account(&provider("https://a.example"));
    assert_eq!(account.unwrap().name, "A");
    assert!(files.account(&provider("https://other.example")).is_none());
    let error = files.get("linkedin", "default").unwrap_err();
    assert!(error.to_string().contains("not there"), "{error}");
}
