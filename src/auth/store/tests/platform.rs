//! A platform with short-lived access tokens. Each renewal replaces the refresh token; the replaced one is accepted
//! again only if the test says so. The platform reads the credential's file at each renewal.

use std::path::PathBuf;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use syndicate_api::testkit;
use syndicate_api::{
    Account, Clock, Code, Context, Credential, ExposeSecret as _, Flow, Name, Password, Provider,
    PublishError, PublishErrorKind, SecretString, SignIn, async_trait,
};

/// The lifetime of access tokens.
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_hours(2);

#[derive(Debug, Default)]
struct State {
    /// The number of the newest tokens.
    newest: u32,
    fault: Option<PublishErrorKind>,
    renewals: Vec<String>,
    sign_ins: u32,
    seen_files: Vec<String>,
}

/// The platform.
#[derive(Debug, Default)]
pub(super) struct Platform {
    state: Mutex<State>,
    is_reusable: bool,
    /// The file that the platform reads during a renewal.
    pub(super) file: Option<PathBuf>,
}

impl Platform {
    /// Returns a platform that reads `file` during a renewal, with refresh tokens that may be reusable.
    pub(super) fn new(is_reusable: bool, file: PathBuf) -> Self {
        Self {
            is_reusable,
            file: Some(file),
            ..Self::default()
        }
    }

    /// Returns the first credential, issued at [`start`].
    pub(super) fn first(&self) -> Credential {
        credential(0, start())
    }

    /// Answers all further requests with this error.
    pub(super) fn fail(&self, fault: Option<PublishErrorKind>) {
        self.state.lock().unwrap().fault = fault;
    }

    /// Returns the refresh tokens of the renewals.
    pub(super) fn renewals(&self) -> Vec<String> {
        self.state.lock().unwrap().renewals.clone()
    }

    /// Returns the number of logins.
    pub(super) fn sign_ins(&self) -> u32 {
        self.state.lock().unwrap().sign_ins
    }

    /// Returns the contents that the file had during the renewals.
    pub(super) fn seen_files(&self) -> Vec<String> {
        self.state.lock().unwrap().seen_files.clone()
    }
}

/// The time at which the first tokens are issued.
pub(super) fn start() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// Returns a context in which `minutes` have passed since [`start`].
pub(super) fn after(minutes: i64) -> Context {
    let mut cx = testkit::context();
    cx.clock = Clock::fixed(start() + SignedDuration::from_mins(minutes));
    cx
}

fn credential(number: u32, now: Timestamp) -> Credential {
    let owner = Account {
        id: "did:plc:jane".to_owned(),
        name: "jane.example".to_owned(),
    };
    let token = SecretString::from(format!("access-{number}"));
    let refresh_token = SecretString::from(format!("refresh-{number}"));
    Credential {
        expires: Some(now + LIFETIME),
        refresh_token: Some(refresh_token),
        ..Credential::new("https://pds.example", token, now, owner)
    }
}

#[async_trait]
impl SignIn for Platform {
    fn provider(&self) -> Provider {
        Provider {
            platform: Name::Borrowed("platform"),
            title: Name::Borrowed("Platform"),
            issuer: "https://pds.example".to_owned(),
            profile: "default".to_owned(),
            setup: Name::Borrowed(""),
            permissions: Name::Borrowed(""),
        }
    }

    fn flow(&self) -> Flow {
        Flow::Password {
            user: Name::Borrowed("Handle"),
            secret: Name::Borrowed("App password"),
            known_user: None,
        }
    }

    async fn account(
        &self,
        _: &Context,
        _: &SecretString,
        _: &[String],
    ) -> Result<Account, PublishError> {
        Ok(self.first().owner())
    }

    async fn sign_in(&self, cx: &Context, _: &Password<'_>) -> Result<Credential, PublishError> {
        let mut state = self.state.lock().unwrap();
        state.sign_ins += 1;
        state.newest += 1;
        Ok(credential(state.newest, cx.now()))
    }

    async fn renew(
        &self,
        cx: &Context,
        old: &Credential,
    ) -> Option<Result<Credential, PublishError>> {
        // Other tasks run meanwhile.
        tokio::task::yield_now().await;
        let mut state = self.state.lock().unwrap();
        let refresh_token = old.refresh_token.as_ref().unwrap().expose_secret();
        state.renewals.push(refresh_token.to_owned());
        if let Some(file) = &self.file {
            state
                .seen_files
                .push(std::fs::read_to_string(file).unwrap());
        }
        if let Some(kind) = state.fault {
            return Some(Err(PublishError::new(kind, Code::Unavailable, "it failed")));
        }
        state.newest += 1;
        Some(Ok(credential(state.newest, cx.now())))
    }

    fn has_reusable_refresh_token(&self) -> bool {
        self.is_reusable
    }
}
