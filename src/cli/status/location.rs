//! Describes where the ledger is.

use serde_json::{Value, json};

use crate::ledger::ConfiguredStore;

/// Returns the location as JSON.
pub(super) fn location_json(store: &ConfiguredStore) -> Value {
    let name = store.shown_name();
    match store {
        ConfiguredStore::Git(git) => json!({
            "store": "git",
            "name": name,
            "remote": git.remote(),
            "fetched": git.fetched_at(),
        }),
        ConfiguredStore::Postgres(store) => {
            json!({"store": "postgres", "name": name, "remote": store.database(), "fetched": null})
        }
        ConfiguredStore::File(_) => {
            json!({"store": "file", "name": name, "remote": null, "fetched": null})
        }
        ConfiguredStore::Unusable(_) => Value::Null,
    }
}

/// Returns a sentence about the location.
pub(super) fn format_location(store: &ConfiguredStore) -> Option<String> {
    match store {
        ConfiguredStore::Git(git) => {
            let fetched = git.fetched_at().map(|at| {
                let at = at.strftime("%Y-%m-%d %H:%M UTC");
                format!(", fetched {at}")
            });
            Some(format!(
                "the ledger is the ref `{}` on `{}`{}",
                git.name(),
                git.remote(),
                fetched.unwrap_or_default()
            ))
        }
        ConfiguredStore::Postgres(store) => {
            let database = store
                .database()
                .map(|database| format!(", in `{database}`"));
            Some(format!(
                "the ledger is `{}`{}",
                store.name(),
                database.unwrap_or_default()
            ))
        }
        ConfiguredStore::File(file) => Some(format!(
            "the ledger is the file `{}`",
            file.path().display()
        )),
        ConfiguredStore::Unusable(_) => None,
    }
}
