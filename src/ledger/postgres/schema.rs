//! The tables, and their changes from version to version.

use tokio_postgres::types::Type;

use super::connection::{Database, begin, within};
use super::error::{GRANT, QueryError, unreachable};

/// The changes of the schema, each one from the version that is its index to the next.
const MIGRATIONS: &[&str] = &[include_str!("schema_1.sql")];

/// The version of the schema that this program uses.
pub(super) const VERSION: i32 = 1;

/// The key of the lock that serialises migrations; any constant that other programs do not use.
const LOCK: i64 = 0x7379_6e64_6963_6174;

/// The state of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaState {
    /// No program has created the tables yet.
    Missing,
    /// The tables have the version of this program.
    Current,
}

/// Brings existing tables to the version of this program, and creates missing ones if `creates`. `name` is the ledger's
/// name in messages.
///
/// # Errors
/// In particular if a later version of this program has changed the tables.
pub(super) async fn ensure(
    database: &Database,
    creates: bool,
    name: &str,
) -> Result<SchemaState, QueryError> {
    within(async {
        let client = database.client().await?;
        let version = version(&client).await?;
        drop(client);
        match version {
            Some(version) if version == VERSION => Ok(SchemaState::Current),
            Some(version) if version > VERSION => Err(later(version, name)),
            None if !creates => Ok(SchemaState::Missing),
            _ => migrate(database, name).await.map(|()| SchemaState::Current),
        }
    })
    .await
}

/// Statements that write nothing, and fail without the right to write.
const PROVE: &str = "UPDATE syndicate.ledger SET last_seq = last_seq WHERE false; \
    INSERT INTO syndicate.event SELECT * FROM syndicate.event WHERE false; \
    INSERT INTO syndicate.claim SELECT * FROM syndicate.claim WHERE false; \
    UPDATE syndicate.claim SET run = run WHERE false";

/// Checks the version of the tables and the right to write them, without changing them. `name` is the ledger's name in
/// messages.
///
/// # Errors
/// If this program cannot write the tables, or create missing ones.
pub(super) async fn prove_write(database: &Database, name: &str) -> Result<(), QueryError> {
    let client = database.client().await?;
    match version(&client).await? {
        Some(version) if version > VERSION => return Err(later(version, name)),
        Some(_) => {
            client.batch_execute(PROVE).await?;
            return Ok(());
        }
        None => {}
    }
    let creates = "SELECT has_database_privilege(current_database(), 'CREATE')";
    match client.query_typed_one(creates, &[]).await?.get(0) {
        true => Ok(()),
        false => {
            let message = "the user may not create the schema `syndicate`";
            Err(QueryError::Ledger(unreachable(name, message, Some(GRANT))))
        }
    }
}

/// Returns the error of tables with a later version.
fn later(version: i32, name: &str) -> QueryError {
    let message = format!("its tables have version {version}, and this program knows {VERSION}");
    let hint = "update `syndicate` on this machine";
    QueryError::Ledger(unreachable(name, &message, Some(hint)))
}

async fn version(client: &tokio_postgres::Client) -> Result<Option<i32>, QueryError> {
    let exists = "SELECT to_regclass('syndicate.version') IS NOT NULL";
    let exists: bool = client.query_typed_one(exists, &[]).await?.get(0);
    if !exists {
        return Ok(None);
    }
    let version = client
        .query_typed_opt("SELECT version FROM syndicate.version", &[])
        .await?;
    Ok(version.map(|row| row.get(0)))
}

/// Applies the changes that the tables lack. Two programs that start together wait for each other.
async fn migrate(database: &Database, name: &str) -> Result<(), QueryError> {
    let mut client = database.client().await?;
    let transaction = begin(&mut client).await?;
    let lock = "SELECT pg_advisory_xact_lock($1)";
    transaction
        .query_typed(lock, &[(&LOCK, Type::INT8)])
        .await?;
    let encoding = "SELECT current_setting('server_encoding')";
    let encoding: String = transaction.query_typed_one(encoding, &[]).await?.get(0);
    if encoding != "UTF8" {
        let message = format!("the database has the encoding `{encoding}`");
        let hint = "create the database with `createdb --encoding=UTF8 --template=template0`";
        return Err(QueryError::Ledger(unreachable(name, &message, Some(hint))));
    }
    let known = version(transaction.client()).await?.unwrap_or(0);
    let known = usize::try_from(known).unwrap_or_default();
    for change in MIGRATIONS.iter().skip(known) {
        transaction.batch_execute(change).await?;
    }
    let set = "UPDATE syndicate.version SET version = $1";
    transaction
        .execute_typed(set, &[(&VERSION, Type::INT4)])
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_number_of_migrations() {
        assert_eq!(usize::try_from(VERSION), Ok(MIGRATIONS.len()));
    }
}
