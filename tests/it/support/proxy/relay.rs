//! The connections of the proxy: reads a request, sends it to the server, and returns the answer.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::{ProxyFault, Shared};
use crate::support::raw::read_request;

/// Serves the one request of a connection.
pub(super) fn serve(client: &TcpStream, server: &str, shared: &Shared) {
    // No server processes the request of a client that is killed before it has sent all of it.
    let Some(request) = read_request(client) else {
        return;
    };
    let line = request_line(&request);
    let fault = shared.open(&line);
    let answer = answer(&request, server, fault.as_ref(), shared);
    // The client may have gone.
    let mut client = client;
    client.write_all(&answer).ok();
    shared.close();
}

/// Returns the bytes that the client gets. With none, it sees only that the connection closes.
fn answer(request: &[u8], server: &str, fault: Option<&ProxyFault>, shared: &Shared) -> Vec<u8> {
    match fault {
        Some(ProxyFault::CutRequest) => return Vec::new(),
        Some(ProxyFault::ReplaceRequest(answer)) => return answer.clone(),
        Some(ProxyFault::Delay(delay)) => std::thread::sleep(*delay),
        _ => {}
    }
    let mut answer = forward(request, server).unwrap_or_default();
    for (address, by) in &shared.lock().replaced {
        replace(&mut answer, address, by);
    }
    match fault {
        Some(ProxyFault::CutAnswer) => return Vec::new(),
        Some(ProxyFault::CutAnswerAt(bytes)) => answer.truncate(*bytes),
        Some(ProxyFault::ReplaceAnswer(answer)) => return answer.clone(),
        Some(ProxyFault::Delay(delay)) => std::thread::sleep(*delay),
        _ => {}
    }
    answer
}

/// Sends a request to the server and returns the bytes of the answer.
fn forward(request: &[u8], server: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(&last_on_connection(request))?;
    let mut answer = Vec::new();
    // A server that resets the connection may have answered before.
    stream.read_to_end(&mut answer).ok();
    Ok(answer)
}

/// Returns the request with `Connection: close`, so that the server ends its answer by closing the connection.
/// The answer must not be compressed, since addresses in it are replaced.
fn last_on_connection(request: &[u8]) -> Vec<u8> {
    let end = head_end(request);
    let head = String::from_utf8_lossy(&request[..end]);
    let mut changed = String::new();
    for line in head.split("\r\n") {
        let lower = line.to_lowercase();
        if !lower.starts_with("connection:") && !lower.starts_with("accept-encoding:") {
            changed.push_str(line);
            changed.push_str("\r\n");
        }
    }
    changed.push_str("connection: close");
    [changed.as_bytes(), &request[end..]].concat()
}

/// Returns the method and path of a request, without its query.
fn request_line(request: &[u8]) -> String {
    let head = String::from_utf8_lossy(&request[..head_end(request)]);
    let mut words = head.split([' ', '?']);
    let mut next = || words.next().unwrap_or_default();
    format!("{} {}", next(), next())
}

/// Returns the length of a head without the empty line that ends it.
fn head_end(request: &[u8]) -> usize {
    let end = request.windows(4).position(|window| window == b"\r\n\r\n");
    end.unwrap_or(request.len())
}

fn replace(answer: &mut [u8], address: &[u8], by: &[u8]) {
    let mut start = 0;
    while let Some(found) = answer[start..]
        .windows(address.len())
        .position(|window| window == address)
    {
        let at = start + found;
        start = at + by.len();
        answer[at..start].copy_from_slice(by);
    }
}
