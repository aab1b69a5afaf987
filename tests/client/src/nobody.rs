//! An address on which nobody listens.

use tokio::net::TcpSocket;

/// A port that is taken and not listened on, so that nobody else can as long as this is there.
pub struct Nobody {
    socket: TcpSocket,
}

impl Nobody {
    /// Takes a port of loopback.
    ///
    /// # Panics
    /// When there is none.
    pub fn there() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        Self { socket }
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.socket.local_addr().expect("an address"))
    }
}
