//! What a description of a service may be at most: it comes from outside, and reading it costs bounded time and memory.

/// Bytes of a file.
pub const FILE_BYTES: u64 = 16 * 1024 * 1024;
/// Bytes of all files together.
pub const ALL_BYTES: u64 = 32 * 1024 * 1024;
/// Files.
pub const FILES: usize = 64;
/// Elements that stand within each other.
pub const DEPTH: usize = 128;
/// Elements and attributes of all files together.
pub const NODES: usize = 500_000;
/// Attributes of an element.
pub const ATTRIBUTES: usize = 64;
/// Namespace declarations that hold at one place.
pub const BINDINGS: usize = 256;
/// Characters of a name, and of a namespace: every name in it holds a copy.
pub const NAME: usize = 255;
/// Types that are derived from each other.
pub const CHAIN: usize = 64;
/// Groups, choices and sequences within each other, references followed.
pub const NESTING: usize = 128;
/// Characters of the names on the way to a type without one.
pub const PATH: usize = 512;
/// Members of types, each time that a reference to a group or a derivation brings them in.
pub const STEPS: usize = 1_000_000;
/// Parts of messages, each time that an operation has them.
pub const PARTS: usize = 200_000;
/// Bytes of text that count as a member or part of their own.
pub const STEP_BYTES: usize = 32;
/// Comparisons in search of the name that was meant.
pub const COMPARISONS: usize = 50_000;
/// Characters of what is quoted in a message.
pub const QUOTED: usize = 80;
/// Records within each other, for a spec: what is made of them goes as deep.
pub const RECORDS: usize = 64;
