//! One connection: reads request after request and does what is answered, until either side closes.

use super::Accept;
use super::answer::{Answer, Reply};
use super::input::{Input, Part};
use super::request::Request;
use std::io::{self, Write as _};
use std::net::{Shutdown, TcpStream};

/// Serves `stream` to its end; `answer` is called once for each request that was read whole.
pub(super) fn serve(mut stream: &TcpStream, accept: Accept, answer: impl Fn(Request) -> Answer) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = Input::new(stream);
    loop {
        let head = match input.head()? {
            Part::Read(head) => head,
            Part::TooLong => return reject(stream, input, &Reply::status(431, "")),
            Part::Ended | Part::Malformed => return Ok(()),
        };
        let Some((mut request, client_stays)) = Request::parse(&head) else {
            return reject(stream, input, &Reply::status(400, ""));
        };
        if accept == Accept::DropAtBody {
            return Ok(());
        }
        request.body = match input.body(&request)? {
            Part::Read(body) => body,
            Part::TooLong => return reject(stream, input, &Reply::status(413, "")),
            Part::Malformed => return reject(stream, input, &Reply::status(400, "")),
            Part::Ended => return Ok(()),
        };
        match answer(request) {
            Answer::Reply(reply) => {
                let stays = client_stays && !reply.closes();
                stream.write_all(&reply.bytes(None, stays))?;
                if !stays {
                    return Ok(());
                }
            }
            Answer::CutOff { reply, sent } => {
                return stream.write_all(&reply.bytes(Some(sent), client_stays && !reply.closes()));
            }
            Answer::StallAfter { reply, sent } => {
                stream.write_all(&reply.bytes(Some(sent), client_stays && !reply.closes()))?;
                return input.drain();
            }
            Answer::Hangup => return Ok(()),
            Answer::Stall => return input.drain(),
        }
    }
}

/// Says what is wrong, and reads on until the client has closed too: closing with bytes unread would reset the connection and
/// take the answer with it.
fn reject(mut stream: &TcpStream, mut input: Input<'_>, reply: &Reply) -> io::Result<()> {
    stream.write_all(&reply.bytes(None, false))?;
    stream.shutdown(Shutdown::Write)?;
    input.drain()
}
