//! The CI services, and the variables that mark them.

use syndicate_api::Env;

/// A CI service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    GitHub,
    Forgejo,
    Gitea,
    GitLab,
    Netlify,
    CloudflarePages,
    CloudflareWorkers,
    Vercel,
    CircleCi,
    Travis,
    Azure,
    Bitbucket,
    Jenkins,
    Woodpecker,
    Drone,
    Buildkite,
    /// Another service, which sets only `CI`.
    Other,
}

/// The variables that mark a service. Forgejo and Gitea also set the variables of GitHub Actions, so
/// they are first. Jenkins is last, because other services may start a job of it.
const MARKERS: [(&str, Host); 15] = [
    ("FORGEJO_ACTIONS", Host::Forgejo),
    ("GITEA_ACTIONS", Host::Gitea),
    ("GITHUB_ACTIONS", Host::GitHub),
    ("GITLAB_CI", Host::GitLab),
    ("NETLIFY", Host::Netlify),
    ("CF_PAGES", Host::CloudflarePages),
    ("WORKERS_CI", Host::CloudflareWorkers),
    ("VERCEL", Host::Vercel),
    ("CIRCLECI", Host::CircleCi),
    ("TRAVIS", Host::Travis),
    ("TF_BUILD", Host::Azure),
    ("BITBUCKET_BUILD_NUMBER", Host::Bitbucket),
    ("DRONE", Host::Drone),
    ("BUILDKITE", Host::Buildkite),
    ("JENKINS_URL", Host::Jenkins),
];

impl Host {
    /// Returns the service that runs the program. A `CI` of `0` or `false` means that a person runs
    /// the job, regardless of other variables.
    pub(crate) fn detect(env: &Env) -> Option<Self> {
        let ci = env.get("CI");
        if ci.is_some() && !runs_in_ci(env) {
            return None;
        }
        if ci.as_deref() == Some("woodpecker") {
            return Some(Self::Woodpecker);
        }
        let mut markers = MARKERS.into_iter();
        let marked = markers.find(|(name, _)| env.get(name).is_some_and(|value| is_on(&value)));
        marked
            .map(|(_, host)| host)
            .or_else(|| runs_in_ci(env).then_some(Self::Other))
    }

    /// Returns the service's name, for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Actions",
            Self::Forgejo => "Forgejo Actions",
            Self::Gitea => "Gitea Actions",
            Self::GitLab => "GitLab CI/CD",
            Self::Netlify => "Netlify",
            Self::CloudflarePages => "Cloudflare Pages",
            Self::CloudflareWorkers => "Cloudflare Workers Builds",
            Self::Vercel => "Vercel",
            Self::CircleCi => "CircleCI",
            Self::Travis => "Travis CI",
            Self::Azure => "Azure Pipelines",
            Self::Bitbucket => "Bitbucket Pipelines",
            Self::Jenkins => "Jenkins",
            Self::Woodpecker => "Woodpecker",
            Self::Drone => "Drone",
            Self::Buildkite => "Buildkite",
            Self::Other => "CI",
        }
    }
}

/// Returns `true` on a CI runner, whose files are lost after the run. All CI services set `CI`; users who
/// run such a job on their own machine unset it, or set it to `0` or `false`.
#[must_use]
pub(crate) fn runs_in_ci(env: &Env) -> bool {
    env.get("CI").is_some_and(|value| is_on(&value))
}

fn is_on(value: &str) -> bool {
    let value = value.trim();
    !matches!(value, "" | "0") && !value.eq_ignore_ascii_case("false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ci_variable_is_read() {
        for (value, is_ci) in [
            ("true", true),
            ("True", true),
            ("1", true),
            ("yes", true),
            ("woodpecker", true),
            ("", false),
            (" ", false),
            ("0", false),
            ("false", false),
            ("False", false),
            ("FALSE", false),
            ("false ", false),
        ] {
            let env = Env::from_pairs([("CI", value)]);
            assert_eq!(runs_in_ci(&env), is_ci, "`{value}`");
        }
        assert!(!runs_in_ci(&Env::empty()));
        let other = Env::from_pairs([("CI_NAME", "true"), ("ci", "true")]);
        assert!(!runs_in_ci(&other));
    }

    #[test]
    fn each_marker_names_its_host() {
        for (name, host) in MARKERS {
            let value = if name == "JENKINS_URL" {
                "https://ci.example/"
            } else {
                "true"
            };
            assert_eq!(Host::detect(&Env::from_pairs([(name, value)])), Some(host));
            assert_eq!(Host::detect(&Env::from_pairs([(name, "false")])), None);
        }
        let woodpecker = Env::from_pairs([("CI", "woodpecker")]);
        assert_eq!(Host::detect(&woodpecker), Some(Host::Woodpecker));
        let unknown = Env::from_pairs([("CI", "true")]);
        assert_eq!(Host::detect(&unknown), Some(Host::Other));
        assert_eq!(Host::detect(&Env::empty()), None);
    }

    #[test]
    fn false_ci_overrides_marker() {
        let local = Env::from_pairs([("CI", "false"), ("NETLIFY", "true")]);
        assert_eq!(Host::detect(&local), None);
    }

    #[test]
    fn forgejo_is_not_github() {
        let both = Env::from_pairs([("GITHUB_ACTIONS", "true"), ("FORGEJO_ACTIONS", "true")]);
        assert_eq!(Host::detect(&both), Some(Host::Forgejo));
    }
}
