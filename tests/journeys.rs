//! What an owner does, from outside: the core against both suppliers on loopback, with the real store, the real listener
//! and the real clients. Only the keychain is in memory, and the clock can be moved.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end at once")]

#[path = "journeys/answers.rs"]
mod answers;
#[path = "journeys/authorizing.rs"]
mod authorizing;
#[path = "journeys/connecting.rs"]
mod connecting;
#[path = "journeys/garbage.rs"]
mod garbage;
#[path = "journeys/killed.rs"]
mod killed;
#[path = "journeys/limits.rs"]
mod limits;
#[path = "journeys/living.rs"]
mod living;
#[path = "journeys/naming.rs"]
mod naming;
#[path = "journeys/orders.rs"]
mod orders;
#[path = "journeys/paced.rs"]
mod paced;
#[path = "journeys/passes.rs"]
mod passes;
#[path = "journeys/searches.rs"]
mod searches;
#[path = "journeys/several.rs"]
mod several;
#[path = "journeys/slow.rs"]
mod slow;
#[path = "journeys/soak.rs"]
mod soak;
#[path = "journeys/stage.rs"]
mod stage;
#[path = "journeys/syncing.rs"]
mod syncing;
#[path = "journeys/together.rs"]
mod together;
#[path = "journeys/troubled.rs"]
mod troubled;
#[path = "journeys/vanished.rs"]
mod vanished;
#[path = "journeys/victim.rs"]
mod victim;
#[path = "journeys/watching.rs"]
mod watching;
