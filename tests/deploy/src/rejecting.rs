//! An endpoint without a server.

use std::net::{TcpListener, TcpStream};

/// A port that rejects connections as long as this value lives: it is the near end of a connection, so
/// no other process can listen on it.
#[derive(Debug)]
pub struct Rejecting {
    _far: TcpListener,
    near: TcpStream,
}

impl Rejecting {
    /// Takes a port.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    pub fn new() -> Self {
        let far = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let address = far.local_addr().expect("it is bound");
        let near = TcpStream::connect(address).expect("somebody listens");
        Self { _far: far, near }
    }

    /// Its address.
    ///
    /// # Panics
    ///
    /// When the connection has no address.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.near.local_addr().expect("it is bound"))
    }
}

impl Default for Rejecting {
    fn default() -> Self {
        Self::new()
    }
}
