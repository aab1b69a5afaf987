//! Nothing is invented: what is no whole success of the command is never taken for one.

#[path = "../behaviour/refuse/cut_off.rs"]
mod cut_off;
#[path = "../behaviour/refuse/other_command.rs"]
mod other_command;
#[path = "../behaviour/support/vectors.rs"]
mod vectors;
