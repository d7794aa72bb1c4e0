//! What the tests of deployments share.
