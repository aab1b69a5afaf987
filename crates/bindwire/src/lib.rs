//! Typed bindings for provider command APIs, and a client that sends them safely.
