//! The token for the remote that keeps the ledger.
//!
//! git gets it from a credential helper that reads an environment variable, so it is in no argument, no
//! URL and no file. The helper is configured for one origin alone, so a redirect to another host does not
//! get the token. Headers and helpers that a checkout configured for that origin are switched off for
//! these calls: otherwise a header of a token that may only read would be sent instead, or a second one.

use syndicate_api::{Env, ExposeSecret as _, SecretString, masked_secret};
use url::{Host, Url};

/// The variable with a token for the remote of the ledger, on every host.
pub(crate) const TOKEN_VARIABLE: &str = "SYNDICATE_GIT_TOKEN";

/// Variables that pass the credential to the helper.
const USER_VARIABLE: &str = "SYNDICATE_HELPER_USER";
const PASSWORD_VARIABLE: &str = "SYNDICATE_HELPER_PASSWORD";

/// A user name that GitHub, GitLab, Gitea and Forgejo accept with a token as the password.
const TOKEN_USER: &str = "x-access-token";

/// The user name for GitLab's job token.
const JOB_TOKEN_USER: &str = "gitlab-ci-token";

/// The helper's script. git appends the operation, of which only `get` has an answer.
const HELPER: &str = "!f() { test \"$1\" = get || exit 0; \
    printf 'username=%s\\npassword=%s\\n' \"$SYNDICATE_HELPER_USER\" \"$SYNDICATE_HELPER_PASSWORD\"; }; f";

/// A user name and token for one origin.
#[derive(Debug)]
pub(super) struct GitCredential {
    user: &'static str,
    token: SecretString,
}

impl GitCredential {
    /// Returns the credential for the remote at `url`, or `None` without a token for it. A token of a
    /// CI service is only for the service's own host; none leaves this machine without encryption.
    pub(super) fn find(env: &Env, url: &Url) -> Option<Self> {
        if !is_private(url) {
            return None;
        }
        let token = |name: &str| env.get(name).filter(|token| !token.trim().is_empty());
        let (user, token) = if let Some(token) = token(TOKEN_VARIABLE) {
            (TOKEN_USER, token)
        } else if is_set(env, "GITHUB_ACTIONS") && is_host_of(url, env, "GITHUB_SERVER_URL") {
            let own = ["FORGEJO", "GITEA"]
                .into_iter()
                .filter(|service| is_set(env, &format!("{service}_ACTIONS")))
                .find_map(|service| token(&format!("{service}_TOKEN")));
            (TOKEN_USER, own.or_else(|| token("GITHUB_TOKEN"))?)
        } else if is_set(env, "GITLAB_CI") && is_host_of(url, env, "CI_SERVER_URL") {
            (JOB_TOKEN_USER, token("CI_JOB_TOKEN")?)
        } else {
            return None;
        };
        let token = masked_secret(token.trim());
        Some(Self { user, token })
    }

    /// Returns the settings of git with which this credential, and no other, is used for `url`.
    pub(super) fn settings(&self, url: &Url) -> Vec<String> {
        let origin = url.origin().ascii_serialization();
        let mut header = clean(url);
        if header.contains('=') {
            // The name of a setting on the command line ends at the first `=`.
            header = format!("{origin}/");
        }
        vec![
            format!("http.{header}.extraHeader="),
            "credential.helper=".to_owned(),
            format!("credential.{origin}.helper="),
            format!("credential.{origin}.helper={HELPER}"),
        ]
    }

    /// Returns the variables that the helper reads.
    pub(super) fn variables(&self) -> [(&'static str, &str); 2] {
        [
            (USER_VARIABLE, self.user),
            (PASSWORD_VARIABLE, self.token.expose_secret()),
        ]
    }
}

/// Returns the remedy if the remote asks for credentials or refuses them.
pub(super) fn access_hint(env: &Env) -> &'static str {
    if is_set(env, "GITHUB_ACTIONS") {
        "give the job `permissions: {contents: write}` and the step `env: {GITHUB_TOKEN: ${{ \
         github.token }}}`; a ruleset must not forbid the ref"
    } else if is_set(env, "GITLAB_CI") {
        "select `Allow Git push requests to the repository` in Settings > CI/CD > Job token permissions, \
         or set `SYNDICATE_GIT_TOKEN` to a token with the scope `write_repository`"
    } else {
        "allow the push of this ref, or set `SYNDICATE_GIT_TOKEN` to a token with the right to push"
    }
}

/// Returns `url` without user information, query and fragment.
pub(super) fn clean(url: &Url) -> String {
    let mut url = url.clone();
    // Both fail only for URLs without a host, which have neither.
    url.set_username("").ok();
    url.set_password(None).ok();
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

/// Returns `true` if requests to `url` are encrypted or do not leave this machine.
fn is_private(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(_)) | ("http", Some(Host::Domain("localhost"))) => true,
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

fn is_set(env: &Env, name: &str) -> bool {
    env.get(name).is_some_and(|value| !value.is_empty())
}

/// Returns `true` if `url` has the origin of the server in `variable`.
fn is_host_of(url: &Url, env: &Env, variable: &str) -> bool {
    let server = env
        .get(variable)
        .and_then(|server| Url::parse(&server).ok());
    server.is_some_and(|server| server.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<const N: usize>(url: &str, pairs: [(&str, &str); N]) -> Option<(String, String)> {
        let url = Url::parse(url).unwrap();
        let credential = GitCredential::find(&Env::from_pairs(pairs), &url)?;
        let token = credential.token.expose_secret().to_owned();
        Some((credential.user.to_owned(), token))
    }

    fn pair(user: &str, token: &str) -> Option<(String, String)> {
        Some((user.to_owned(), token.to_owned()))
    }

    #[test]
    fn own_token_is_for_every_private_remote() {
        let own = [
            ("SYNDICATE_GIT_TOKEN", " own-1 "),
            ("GITHUB_ACTIONS", "true"),
        ];
        let expected = pair("x-access-token", "own-1");
        assert_eq!(found("https://git.example.org/x.git", own), expected);
        assert_eq!(found("http://127.0.0.1:1234/x.git", own), expected);
        assert_eq!(found("http://[::1]:1234/x.git", own), expected);
        assert_eq!(found("http://git.example.org/x.git", own), None);
        assert_eq!(found("ssh://git@git.example.org/x.git", own), None);
        assert_eq!(found("file:///srv/x.git", own), None);
    }

    #[test]
    fn service_token_is_for_own_host() {
        let github = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_TOKEN", "gh-1"),
        ];
        assert_eq!(
            found("https://github.com/a/b", github),
            pair("x-access-token", "gh-1")
        );
        assert_eq!(found("https://git.example.org/a/b", github), None);
        assert_eq!(found("https://github.com:8443/a/b", github), None);
        let gitlab = [
            ("GITLAB_CI", "true"),
            ("CI_SERVER_URL", "https://git.example.org"),
            ("CI_JOB_TOKEN", "job-1"),
        ];
        let expected = pair("gitlab-ci-token", "job-1");
        assert_eq!(
            found("https://u:p@git.example.org/a/b.git", gitlab),
            expected
        );
        assert_eq!(found("https://github.com/a/b", gitlab), None);
    }

    #[test]
    fn forgejo_token_precedes_github_token() {
        let forgejo = [
            ("GITHUB_ACTIONS", "true"),
            ("FORGEJO_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", "https://code.example.org"),
            ("GITHUB_TOKEN", "gh-2"),
            ("FORGEJO_TOKEN", "fj-2"),
        ];
        assert_eq!(
            found("https://code.example.org/a", forgejo),
            pair("x-access-token", "fj-2")
        );
    }

    #[test]
    fn without_service_no_token_is_used() {
        let only = [("GITHUB_TOKEN", "gh-3"), ("CI_JOB_TOKEN", "job-3")];
        assert_eq!(found("https://github.com/a/b", only), None);
    }

    #[test]
    fn settings_name_no_secret() {
        let url = Url::parse("https://u:pw-4@h.example/a.git?x=1").unwrap();
        let env = Env::from_pairs([("SYNDICATE_GIT_TOKEN", "own-4")]);
        let settings = GitCredential::find(&env, &url)
            .unwrap()
            .settings(&url)
            .join(" ");
        assert!(
            settings.contains("http.https://h.example/a.git.extraHeader="),
            "{settings}"
        );
        assert!(
            !settings.contains("own-4") && !settings.contains("pw-4"),
            "{settings}"
        );
    }
}
