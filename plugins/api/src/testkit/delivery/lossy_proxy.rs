//! A proxy that loses answers: the server gets the request, and the client gets a closed connection.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::connections::address_of;

/// Starts a proxy of the server at `target`, and returns its URL. It loses the answer to each request that begins with
/// `request`, such as `POST /posts`. It runs as long as the test's runtime.
pub(super) async fn losing(target: SocketAddr, request: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("loopback has a free port");
    let address = address_of(listener.local_addr());
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let request = request.clone();
            // An error of a connection is what the test wants.
            tokio::spawn(async move { relay(client, target, request.as_bytes()).await.ok() });
        }
    });
    address
}

/// Relays bytes until one side closes, or the server answers a request whose answer is lost.
async fn relay(mut client: TcpStream, target: SocketAddr, lost: &[u8]) -> std::io::Result<()> {
    let mut server = TcpStream::connect(target).await?;
    let (mut asked, mut answered) = ([0; 16 * 1024], [0; 16 * 1024]);
    let mut is_lost = false;
    loop {
        tokio::select! {
            count = client.read(&mut asked) => {
                let bytes = &asked[..count?];
                if bytes.is_empty() {
                    return Ok(());
                }
                is_lost |= bytes.starts_with(lost);
                server.write_all(bytes).await?;
            }
            count = server.read(&mut answered) => {
                let bytes = &answered[..count?];
                if bytes.is_empty() || is_lost {
                    return Ok(());
                }
                client.write_all(bytes).await?;
            }
        }
    }
}
