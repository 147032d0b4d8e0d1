//! A TCP proxy that cuts connections at chosen or random bytes.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

/// A proxy on a free port of 127.0.0.1, which runs until the test process exits. It counts the bytes of a connection in
/// both directions together, so that a cut can be in a request or in its answer.
pub struct CuttingProxy {
    port: u16,
    shared: Arc<Mutex<ProxyState>>,
}

#[derive(Default)]
struct ProxyState {
    rule: Rule,
    open: Vec<Arc<Connection>>,
    cuts: usize,
    relayed: u64,
}

/// When connections are cut.
#[derive(Default)]
enum Rule {
    #[default]
    Never,
    /// The next connection is cut after this many bytes, and no other one.
    Next(u64),
    /// Each connection is cut after a random number of bytes below the limit.
    Random { state: u64, limit: u64 },
}

impl Rule {
    /// Returns the number of bytes after which a new connection is cut.
    fn take(&mut self) -> Option<u64> {
        match self {
            Self::Never => None,
            Self::Next(bytes) => {
                let bytes = *bytes;
                *self = Self::Never;
                Some(bytes)
            }
            Self::Random { state, limit } => Some(next_random(state) % *limit),
        }
    }
}

/// Returns the next number of SplitMix64, whose state is any number.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl CuttingProxy {
    /// Starts a proxy before the server on this port of 127.0.0.1. It cuts nothing.
    ///
    /// # Panics
    /// If no port is free.
    #[must_use]
    pub fn before(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Mutex::new(ProxyState::default()));
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                accept(client, server, &own);
            }
        });
        Self { port, shared }
    }

    /// Returns the port of the proxy on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Cuts the next connection after this many bytes, and no other one.
    pub fn cut_next_after(&self, bytes: u64) {
        lock(&self.shared).rule = Rule::Next(bytes);
    }

    /// Cuts each new connection after a random number of bytes below `limit`. The numbers depend on `seed` alone.
    pub fn cut_at_random(&self, seed: u64, limit: u64) {
        lock(&self.shared).rule = Rule::Random { state: seed, limit };
    }

    /// Cuts no new connection. Earlier ones are still cut.
    pub fn pass(&self) {
        lock(&self.shared).rule = Rule::Never;
    }

    /// Cuts all open connections at once.
    pub fn cut_all(&self) {
        let mut state = lock(&self.shared);
        for connection in std::mem::take(&mut state.open) {
            state.cuts += 1;
            connection.close();
        }
    }

    /// Returns the number of connections that were cut.
    #[must_use]
    pub fn cuts(&self) -> usize {
        lock(&self.shared).cuts
    }

    /// Returns the number of bytes relayed in all connections, in both directions.
    #[must_use]
    pub fn relayed(&self) -> u64 {
        lock(&self.shared).relayed
    }
}

fn lock(shared: &Mutex<ProxyState>) -> MutexGuard<'_, ProxyState> {
    shared.lock().expect("no thread has panicked")
}

/// A connection through the proxy, which both of its threads use.
struct Connection {
    /// The number of bytes that may still pass. `None` is without limit.
    left: Mutex<Option<u64>>,
    streams: [TcpStream; 2],
}

fn accept(client: TcpStream, server: u16, shared: &Arc<Mutex<ProxyState>>) {
    // A server that does not run refuses the connection, and so does the proxy.
    let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)) else {
        return;
    };
    for stream in [&client, &server] {
        stream.set_nodelay(true).ok();
    }
    let mut state = lock(shared);
    let connection = Arc::new(Connection {
        left: Mutex::new(state.rule.take()),
        streams: [client, server],
    });
    state.open.push(Arc::clone(&connection));
    drop(state);
    for from in [0, 1] {
        let (connection, shared) = (Arc::clone(&connection), Arc::clone(shared));
        std::thread::spawn(move || relay(&connection, from, &shared));
    }
}

/// Copies what the stream `from` sends to the other one, until one of them closes or the connection is cut.
fn relay(connection: &Arc<Connection>, from: usize, shared: &Mutex<ProxyState>) {
    let [mut source, mut target] = [&connection.streams[from], &connection.streams[1 - from]];
    let mut buffer = [0; 16 << 10];
    let mut is_cut = false;
    while !is_cut && let Ok(count @ 1..) = source.read(&mut buffer) {
        let passed;
        (passed, is_cut) = connection.take(count);
        lock(shared).relayed += passed as u64;
        if target.write_all(&buffer[..passed]).is_err() {
            break;
        }
    }
    lock(shared).remove(connection, is_cut);
    connection.close();
}

impl ProxyState {
    /// Removes a connection, unless its other thread has done so.
    fn remove(&mut self, connection: &Arc<Connection>, is_cut: bool) {
        let index = self
            .open
            .iter()
            .position(|other| Arc::ptr_eq(other, connection));
        if let Some(index) = index {
            self.open.swap_remove(index);
            self.cuts += usize::from(is_cut);
        }
    }
}

impl Connection {
    /// Returns how many of `count` bytes pass, and whether the connection is cut after them.
    fn take(&self, count: usize) -> (usize, bool) {
        let mut left = self.left.lock().expect("no thread has panicked");
        let Some(left) = left.as_mut() else {
            return (count, false);
        };
        let passed = usize::try_from(*left).map_or(count, |left| left.min(count));
        *left -= passed as u64;
        (passed, *left == 0)
    }

    fn close(&self) {
        for stream in &self.streams {
            // The other side may have closed it.
            stream.shutdown(Shutdown::Both).ok();
        }
    }
}
