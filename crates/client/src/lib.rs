//! Sends commands.
