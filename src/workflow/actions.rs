//! The actions that the generated workflow uses, each pinned to the commit of a release. Each pair of commit
//! and version was found in at least two public repositories of different owners on 2026-11-28. Dependabot
//! and Renovate update such pins, together with the comment, in the user's repository.

use serde::Serialize;

/// The pinned actions, by their names in the template.
#[derive(Debug, Serialize)]
pub(super) struct Actions {
    checkout: &'static str,
    deploy_pages: &'static str,
    download: &'static str,
    jekyll_build: &'static str,
    setup_hugo: &'static str,
    setup_node: &'static str,
    setup_pnpm: &'static str,
    setup_python: &'static str,
    setup_ruby: &'static str,
    upload: &'static str,
    upload_pages: &'static str,
}

/// The actions in use.
pub(super) const ACTIONS: Actions = Actions {
    checkout: "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
    deploy_pages: "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
    download: "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
    jekyll_build: "actions/jekyll-build-pages@44a6e6beabd48582f863aeeb6cb2151cc1716697 # v1.0.13",
    setup_hugo: "peaceiris/actions-hugo@75d2e84710de30f6ff7268e08f310b60ef14033f # v3.0.0",
    setup_node: "actions/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f # v6.3.0",
    setup_pnpm: "pnpm/action-setup@078e9d416474b29c0c387560859308974f7e9c53 # v6.0.1",
    setup_python: "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0",
    setup_ruby: "ruby/setup-ruby@09a7688d3b55cf0e976497ff046b70949eeaccfd # v1.288.0",
    upload: "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1",
    upload_pages: "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
};
