//! An Elastic IP address: it leads to one host, and after its association has moved, to another one.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::spawn;
use std::time::Duration;

/// The address, of this machine's own.
pub(crate) const ADDRESS: &str = "127.213.7.1";

/// The host that has the address, and the connections through it.
struct Association {
    host: SocketAddr,
    open: Vec<TcpStream>,
}

pub(crate) struct Elastic(Arc<Mutex<Association>>);

impl Elastic {
    /// Associates the address with a host.
    ///
    /// # Panics
    ///
    /// When this machine cannot listen at it.
    pub(crate) fn new(host: &str) -> Self {
        let listener = TcpListener::bind((ADDRESS, 443)).expect("the address is free");
        let association = Association {
            host: https(host),
            open: Vec::new(),
        };
        let association = Arc::new(Mutex::new(association));
        let shared = Arc::clone(&association);
        spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                // A host that does not respond holds up nobody else.
                spawn(move || connect(&shared, client));
            }
        });
        Self(association)
    }

    /// Moves it to another host, which knows none of the connections to the former one.
    pub(crate) fn moves_to(&self, host: &str) {
        let mut association = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        association.host = https(host);
        for connection in association.open.drain(..) {
            // It may have ended.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

fn https(host: &str) -> SocketAddr {
    let host = host.parse().expect("a host has an IP address");
    SocketAddr::new(host, 443)
}

/// Connects a client to the host of this moment, until one of them ends.
fn connect(association: &Mutex<Association>, client: TcpStream) -> Option<()> {
    let lock = || association.lock().unwrap_or_else(PoisonError::into_inner);
    let host = lock().host;
    let server = TcpStream::connect_timeout(&host, Duration::from_secs(5)).ok()?;
    let ends = [client.try_clone().ok()?, server.try_clone().ok()?];
    {
        let mut association = lock();
        if association.host != host {
            return None;
        }
        association.open.extend(ends);
    }
    let back = (server.try_clone().ok()?, client.try_clone().ok()?);
    spawn(move || copy(back.0, back.1));
    copy(client, server);
    Some(())
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    // An error is an end as well.
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
