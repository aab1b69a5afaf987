//! Any bytes: no panic, bounded depth, and as many steps as there are bytes.

#[path = "../behaviour/hostile/mutations.rs"]
mod mutations;
#[path = "../behaviour/hostile/random.rs"]
mod random;
#[path = "../behaviour/support/vectors.rs"]
mod vectors;
