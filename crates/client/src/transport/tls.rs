//! TLS with the provider that a feature names; none is forced, and none is installed for the whole process.

use crate::error::Problem;
use rustls::crypto::CryptoProvider;
use std::sync::Arc;

/// The provider: `aws-lc` where that feature is on, else `ring`, else the one that the program has installed.
pub(super) fn provider() -> Result<Arc<CryptoProvider>, Problem> {
    #[cfg(feature = "aws-lc")]
    return Ok(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    return Ok(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(any(feature = "ring", feature = "aws-lc")))]
    CryptoProvider::get_default().cloned().ok_or_else(|| {
        Problem::new("there is no TLS provider: turn on the feature `ring` or `aws-lc`, or install one in rustls")
    })
}

/// The settings of a TLS client whose certificates are checked as the system does. They are made once: reading the system's
/// certificates takes longer than a request.
#[cfg(feature = "reqwest")]
pub(super) fn config() -> Result<rustls::ClientConfig, Problem> {
    static CONFIG: std::sync::OnceLock<rustls::ClientConfig> = std::sync::OnceLock::new();

    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let made = make()?;
    Ok(CONFIG.get_or_init(|| made).clone())
}

#[cfg(feature = "reqwest")]
fn make() -> Result<rustls::ClientConfig, Problem> {
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let failed = |error: rustls::Error| Problem::new(format!("TLS cannot be set up: {error}"));
    Ok(rustls::ClientConfig::builder_with_provider(provider()?)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_platform_verifier()
        .map_err(failed)?
        .with_no_client_auth())
}
