//! What a sandbox is started with. Everything that follows from these values and the clock is deterministic.

use std::time::Duration;

use crate::clock::{self, Clock};

/// The CJ API key of the sandbox's first account. Made up.
pub const CJ_API_KEY: &str = "CJ1234567@api@0123456789abcdef0123456789abcdef";
/// The CJ API key of the second account: its own name, requests per second, points and orders. Made up.
pub const CJ_SECOND_API_KEY: &str = "CJ7654321@api@0123456789abcdef0123456789abcdef";
/// The AliExpress app key. Made up.
pub const APP_KEY: &str = "500000";
/// The AliExpress app secret. Made up.
pub const APP_SECRET: &str = "made-up-secret-0001";

/// How long the tokens live that the sandbox hands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// AliExpress access token; 30 days for a launched app, 1 day for one in Test.
    pub aliexpress_access: Duration,
    /// AliExpress refresh token, counted from the consent: a refresh never extends it. 60 days launched, 2 days in Test.
    pub aliexpress_refresh: Duration,
    /// CJ access token; 15 days in CJ's table, 180 seen live.
    pub cj_access: Duration,
    /// CJ refresh token; 180 days.
    pub cj_refresh: Duration,
}

const DAY: Duration = Duration::from_secs(86_400);

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            aliexpress_access: DAY * 30,
            aliexpress_refresh: DAY * 60,
            cj_access: DAY * 15,
            cj_refresh: DAY * 180,
        }
    }
}

/// Over which second CJ's requests are counted. Nobody outside CJ knows; a client must get along with either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counting {
    /// The one that ends now.
    #[default]
    LastSecond,
    /// The full one of the clock.
    FullSecond,
}

/// What to simulate.
#[derive(Clone)]
pub struct Options {
    /// Everything generated follows from it: the same seed gives the same catalogue, orders and ids, and takes the same tokens.
    pub seed: u64,
    /// Size of each supplier's catalogue. Products are made when asked for: a million of them costs no memory.
    pub products: u64,
    /// How many of them are in "my products" of each CJ account; at most [`Options::products`].
    pub my_products: u64,
    /// CJ's requests per second, per account, counted in real time (plus what [`Control::advance`](crate::Control::advance) skipped) even
    /// where [`Options::clock`] stands still: clients pace themselves by real time. `None`: unlimited.
    pub qps: Option<u32>,
    /// Over which second they are counted.
    pub counting: Counting,
    /// Whether they are counted by [`Options::clock`] after all: for tests in which time passes only where somebody waits.
    pub counted_by_clock: bool,
    /// AliExpress calls per second and method before `AppApiCallLimit` bans the app for some seconds. `None`: unlimited.
    pub aliexpress_qps: Option<u32>,
    /// CJ's points a day, per account.
    pub points_per_day: u64,
    /// Lifetimes of the tokens.
    pub token_life: Lifetimes,
    /// Whether `/api/oauth/token` (client credentials) exists. Nobody has been seen succeeding there, hence off.
    pub oauth2_endpoint: bool,
    /// Whether CJ's getAccessToken takes a key once in five minutes only.
    pub guard: bool,
    /// Orders of each CJ account, and as many AliExpress orders.
    pub orders: u64,
    /// The callback registered for the AliExpress app, compared byte for byte. `None`: any http loopback or https
    /// address, and any application's own scheme.
    pub redirect_uri: Option<String>,
    /// The port CJ is to answer on, if it is free: the pictures' addresses then outlive a restart. `None`, or a port that is
    /// taken: any free one.
    pub cj_port: Option<u16>,
    /// Where the time comes from.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            products: 2_000,
            my_products: 120,
            qps: Some(4),
            counting: Counting::default(),
            counted_by_clock: false,
            aliexpress_qps: None,
            points_per_day: 50_000,
            token_life: Lifetimes::default(),
            oauth2_endpoint: false,
            guard: true,
            orders: 24,
            redirect_uri: None,
            cj_port: None,
            clock: clock::system(),
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The clock is a function and has nothing to show.
        f.debug_struct("Options")
            .field("seed", &self.seed)
            .field("products", &self.products)
            .field("my_products", &self.my_products)
            .field("qps", &self.qps)
            .field("counting", &self.counting)
            .field("counted_by_clock", &self.counted_by_clock)
            .field("aliexpress_qps", &self.aliexpress_qps)
            .field("points_per_day", &self.points_per_day)
            .field("token_life", &self.token_life)
            .field("oauth2_endpoint", &self.oauth2_endpoint)
            .field("guard", &self.guard)
            .field("orders", &self.orders)
            .field("redirect_uri", &self.redirect_uri)
            .field("cj_port", &self.cj_port)
            .finish_non_exhaustive()
    }
}
