//! Random bytes from the system, for secrets such as the `state` of a login.

use super::context::EnvError;

/// Returns 32 cryptographically secure random bytes.
pub(crate) fn random_bytes() -> Result<[u8; 32], EnvError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)
        .map_err(|error| EnvError::System(anyhow::anyhow!("cannot get random bytes: {error}")))?;
    Ok(random)
}
