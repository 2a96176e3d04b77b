//! AliExpress and CJ Dropshipping simulated on loopback: stateful, deterministic by seed, and as odd as the real ones were measured to be.
//! Practice mode, `smartlinks-cli sandbox`, tests and benches run against it.
//!
//! It shares no code with the client crates: both read the suppliers' facts for themselves, so that a misreading shows.
//! Not for: anything reachable from outside this machine, or real credentials.
//!
//! ```no_run
//! # async fn run() -> Result<(), smartlinks_sandbox::Error> {
//! use smartlinks_sandbox::{Fault, FaultRule, Options, Sandbox, Supplier};
//!
//! let sandbox = Sandbox::start(Options { seed: 7, ..Options::default() }).await?;
//! println!("{} {}", sandbox.aliexpress_url(), sandbox.cj_url());
//! sandbox.control().push(FaultRule::once(Supplier::Cj, "product/query", Fault::Truncate));
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod aliexpress;
mod answer;
mod catalog;
mod cj;
pub mod clock;
mod control;
mod control_http;
mod error;
mod faults;
mod images;
mod mac;
mod options;
mod params;
mod random;
mod record;
mod server;
pub mod supabase;
mod tokens;
mod truth;
pub mod visitor;
mod words;
mod world;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub use clock::Clock;
pub use control::Control;
pub use error::{Error, Result};
pub use faults::{Fault, FaultRule, Supplier};
pub use options::{
    APP_KEY, APP_SECRET, CJ_API_KEY, CJ_SECOND_API_KEY, Counting, Lifetimes, Options,
};
pub use record::{CallRecord, Outcome};
pub use truth::{Truth, TruthOrder, TruthProduct, TruthVariant};

use world::World;

/// Both suppliers, running. They stop when this is dropped.
#[must_use = "the suppliers stop when this is dropped"]
pub struct Sandbox {
    world: Arc<World>,
    aliexpress_url: Url,
    cj_url: Url,
    supabase: supabase::Supabase,
    tasks: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Binds two ports of 127.0.0.1 and serves on them.
    ///
    /// # Errors
    /// [`Error::Io`] when loopback cannot be bound.
    pub async fn start(options: Options) -> Result<Self> {
        let wanted = options.cj_port;
        let world = Arc::new(World::new(options));
        let (aliexpress, aliexpress_url) = bind(None).await?;
        let (cj, cj_url) = bind(wanted).await?;
        let supabase = supabase::Supabase::start().await?;
        world.set_images(format!("{cj_url}images/"));
        let tasks = vec![
            tokio::spawn(server::serve(
                aliexpress,
                aliexpress::router(Arc::clone(&world)),
            )),
            tokio::spawn(server::serve(cj, cj::router(Arc::clone(&world)))),
        ];
        Ok(Self {
            world,
            aliexpress_url,
            cj_url,
            supabase,
            tasks,
        })
    }

    /// Stands for `https://api-sg.aliexpress.com`.
    pub fn aliexpress_url(&self) -> Url {
        self.aliexpress_url.clone()
    }

    /// Stands for `https://developers.cjdropshipping.com`.
    pub fn cj_url(&self) -> Url {
        self.cj_url.clone()
    }

    /// Stands for `https://api.supabase.com` and for the one project there.
    pub fn supabase(&self) -> &supabase::Supabase {
        &self.supabase
    }

    /// The strings to pull; stays usable as long as anyone holds it.
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.world))
    }

    /// Ends both listeners and every connection, and waits until they are gone.
    pub async fn stop(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            task.abort();
            // The only outcome is "cancelled".
            let _ = task.await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

pub(crate) async fn bind(wanted: Option<u16>) -> Result<(TcpListener, Url)> {
    let listener = match TcpListener::bind(("127.0.0.1", wanted.unwrap_or(0))).await {
        Err(_) if wanted.is_some() => TcpListener::bind(("127.0.0.1", 0)).await?,
        bound => bound?,
    };
    let url = Url::parse(&format!("http://{}/", listener.local_addr()?))?;
    Ok((listener, url))
}
