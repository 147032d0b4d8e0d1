//! The code challenge of a login (PKCE, RFC 7636): a code that another program intercepts or that a user is tricked
//! into pasting is useless without the verifier of this login.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use syndicate_api::{ExposeSecret as _, SecretString};

/// A code verifier with its challenge.
#[derive(Debug)]
pub(super) struct Pkce {
    verifier: SecretString,
}

impl Pkce {
    /// Returns a verifier made of `random`, 32 unpredictable bytes.
    pub(super) fn new(random: &[u8; 32]) -> Self {
        Self {
            verifier: SecretString::from(URL_SAFE_NO_PAD.encode(random)),
        }
    }

    /// Returns the verifier, which only the token request contains.
    pub(super) fn verifier(&self) -> &SecretString {
        &self.verifier
    }

    /// Returns the challenge of the method `S256`, for the authorization URL.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose_secret()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn pkce_challenge_matches_rfc_example() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let random = URL_SAFE_NO_PAD.decode(verifier).unwrap();
        let pkce = Pkce::new(&random.try_into().unwrap());
        assert_eq!(pkce.verifier().expose_secret(), verifier);
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(pkce.challenge(), challenge);
        assert!(!format!("{pkce:?}").contains(verifier));
    }
}
