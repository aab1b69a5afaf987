//! Nothing is invented: what is no whole success of the command is never taken for one.

#[path = "../behaviour/refuse/cases.rs"]
mod cases;
#[path = "../behaviour/refuse/cut_off.rs"]
mod cut_off;
#[path = "../behaviour/support/decode.rs"]
mod decode;
#[path = "../behaviour/refuse/messages.rs"]
mod messages;
#[path = "../behaviour/refuse/other_command.rs"]
mod other_command;
