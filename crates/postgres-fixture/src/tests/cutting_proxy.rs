//! The proxy, in front of a server that echoes.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use crate::CuttingProxy;

/// Returns the port of a server that echoes what it gets.
fn echo() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || std::io::copy(&mut &stream, &mut &stream));
        }
    });
    port
}

/// Sends ten bytes and returns the number that came back.
fn exchange(proxy: &CuttingProxy) -> usize {
    let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).unwrap();
    stream.write_all(b"0123456789").unwrap();
    let mut answer = [0; 10];
    let mut count = 0;
    while count < 10
        && let Ok(read @ 1..) = stream.read(&mut answer[count..])
    {
        count += read;
    }
    count
}

#[test]
fn proxy_cuts_request_and_answer() {
    let proxy = CuttingProxy::before(echo());
    assert_eq!(exchange(&proxy), 10);
    assert_eq!((proxy.cuts(), proxy.relayed()), (0, 20));
    for (bytes, answered) in [(0, 0), (4, 0), (10, 0), (13, 3), (19, 9)] {
        proxy.cut_next_after(bytes);
        assert_eq!(exchange(&proxy), answered, "{bytes}");
    }
    assert_eq!(exchange(&proxy), 10, "only one connection is cut");
    assert_eq!(proxy.cuts(), 5);
}

#[test]
fn proxy_cuts_same_bytes_for_same_seed() {
    let lengths = |seed| {
        let proxy = CuttingProxy::before(echo());
        proxy.cut_at_random(seed, 20);
        (0..20).map(|_| exchange(&proxy)).collect::<Vec<_>>()
    };
    let first = lengths(1);
    assert_eq!(first, lengths(1));
    assert_ne!(first, lengths(2));
}

#[test]
fn proxy_cuts_open_connections() {
    let proxy = CuttingProxy::before(echo());
    let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).unwrap();
    stream.write_all(b"0").unwrap();
    stream.read_exact(&mut [0]).unwrap();
    proxy.cut_all();
    assert_eq!(proxy.cuts(), 1);
    assert!(matches!(stream.read(&mut [0]), Ok(0) | Err(_)));
}
