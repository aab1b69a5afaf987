//! Every transport behind one face, whose exchanges block.

use crate::TokioTimer;
use crate::transport::{AtOnce, Request, Reqwest, Response, Tower, Transport, TransportError, Ureq};
use bytes::Bytes;
use http_body_util::Full;
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::rt::TokioExecutor;
use tokio::runtime::{Builder, Runtime};

/// A transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    Reqwest,
    Ureq,
    Tower,
}

impl Wire {
    pub(super) const ALL: [Self; 3] = [Self::Reqwest, Self::Ureq, Self::Tower];

    /// Makes one.
    pub(super) fn open(self) -> Carrier {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let transport: Box<dyn Transport> = match self {
            Self::Reqwest => Box::new(Reqwest::new(true).unwrap()),
            Self::Ureq => Box::new(AtOnce(Ureq::new(true).unwrap())),
            Self::Tower => {
                let service: Hyper<_, Full<Bytes>> = Hyper::builder(TokioExecutor::new())
                    .retry_canceled_requests(false)
                    .pool_max_idle_per_host(0)
                    .build_http();
                Box::new(Tower::new(service, TokioTimer))
            }
        };
        Carrier { transport, runtime }
    }
}

/// A transport, with the runtime that it runs on.
pub(super) struct Carrier {
    transport: Box<dyn Transport>,
    runtime: Runtime,
}

impl Carrier {
    pub(super) fn send(&self, request: &Request) -> Result<Response, TransportError> {
        self.runtime.block_on(self.transport.send(request))
    }
}
