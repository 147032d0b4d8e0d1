//! Values of fields together with their origins.

use syndicate_api::Origin;

/// A field's value and its origin.
pub(crate) type Sourced<T> = Option<(T, Origin)>;
