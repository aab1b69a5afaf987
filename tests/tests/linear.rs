//! Any bytes: no panic, bounded depth, and as many steps as there are bytes; and the fast paths say what the slow ones say.

#[path = "../behaviour/hostile/counted.rs"]
mod counted;
#[path = "../behaviour/support/decode.rs"]
mod decode;
#[path = "../behaviour/hostile/large.rs"]
mod large;
#[path = "../behaviour/hostile/learnt.rs"]
mod learnt;
#[path = "../behaviour/support/limit.rs"]
mod limit;
#[path = "../behaviour/hostile/mutations.rs"]
mod mutations;
#[path = "../behaviour/hostile/pieces.rs"]
mod pieces;
#[path = "../behaviour/support/random.rs"]
mod random;
#[path = "../behaviour/hostile/recall.rs"]
mod recall;
#[path = "../behaviour/support/records.rs"]
mod records;
