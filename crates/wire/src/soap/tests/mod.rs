//! Answers in SOAP, whole and damaged, as hand-made shapes of three APIs read them.

mod damage;
mod encoded;
mod faults;
mod fixtures;
mod lists;
mod multipart;
mod mutations;
mod nested;
mod oracle;
mod replies;
mod writing;
