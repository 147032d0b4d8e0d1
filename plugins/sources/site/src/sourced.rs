//! Values of fields together with where they came from.

use syndicate_api::{Field, Origin, Origins};

/// A field's value and its origin.
pub(crate) type Sourced<T> = Option<(T, Origin)>;

/// Takes a value and keeps its origin in `origins`.
pub(crate) fn keep<T>(origins: &mut Origins, field: Field, found: Sourced<T>) -> Option<T> {
    let (value, origin) = found?;
    origins.insert(field, origin);
    Some(value)
}
