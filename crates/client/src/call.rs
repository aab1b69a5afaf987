//! One call: a command with what is set for it alone.

use crate::Result;
#[cfg(feature = "dynadot")]
use crate::engine::Engine;
use crate::engine::{CallOptions, Outgoing};
use crate::exchange::Answer;
use crate::secrets::Secrets;
use bindwire_wire::{Command, DecodeError, Options, Query, Reply, Text, decode};

/// Puts a command together.
pub(crate) fn outgoing<C: Command>(command: &C, options: CallOptions) -> Result<Outgoing> {
    Outgoing::new(C::INFO, command.name(), command.effect(), Query::of(command), options)
}

/// Sends a command and gives its value.
#[cfg(feature = "dynadot")]
pub(crate) async fn value<C>(engine: &Engine, command: &C, options: CallOptions) -> Result<C::Reply>
where
    C: Command,
    C::Reply: Send,
{
    send_for_value::<C>(engine, &outgoing(command, options)?).await
}

/// Sends a command and gives its whole reply.
#[cfg(feature = "dynadot")]
pub(crate) async fn reply<C>(engine: &Engine, command: &C, options: CallOptions) -> Result<Reply<'static, C::Reply>>
where
    C: Command,
    C::Reply: Send,
{
    send_for_reply::<C>(engine, &outgoing(command, options)?).await
}

/// Sends what was put together of a command of the type `C`, and gives its value.
#[cfg(feature = "dynadot")]
pub(crate) async fn send_for_value<C>(engine: &Engine, outgoing: &Outgoing) -> Result<C::Reply>
where
    C: Command,
    C::Reply: Send,
{
    let value = send::<C, _>(engine, outgoing, |reply| reply.value).await?;
    Ok(value.flatten().unwrap_or_default())
}

/// Sends what was put together of a command of the type `C`, and gives its whole reply.
#[cfg(feature = "dynadot")]
pub(crate) async fn send_for_reply<C>(engine: &Engine, outgoing: &Outgoing) -> Result<Reply<'static, C::Reply>>
where
    C: Command,
    C::Reply: Send,
{
    let reply = send::<C, _>(engine, outgoing, |reply| reply.into_owned()).await?;
    Ok(reply.expect("what was judged was read"))
}

/// Sends, and keeps what `keep` makes of the answer that counts.
#[cfg(feature = "dynadot")]
async fn send<C, R>(engine: &Engine, outgoing: &Outgoing, keep: fn(Reply<'_, C::Reply>) -> R) -> Result<Option<R>>
where
    C: Command,
    C::Reply: Send,
    R: Send,
{
    let mut kept = None;
    engine.run(outgoing, &mut reading::<C, R>(&mut kept, keep)).await?;
    Ok(kept)
}

/// What decoding came to, or why it came to nothing.
type Decoded = std::result::Result<Answer, Box<(DecodeError, Vec<u8>)>>;

/// Decodes a reply of the command `C` and puts what `keep` makes of it into `kept`.
pub(crate) fn reading<'k, C, R>(
    kept: &'k mut Option<R>,
    keep: fn(Reply<'_, C::Reply>) -> R,
) -> impl FnMut(Vec<u8>, &Options, &Secrets) -> Decoded + Send + 'k
where
    C: Command,
    C::Reply: Send + 'k,
    R: Send,
{
    move |body, options, secrets| {
        let mut reply = match decode::<C::Reply>(C::INFO.reply, &body, options) {
            Ok(reply) => reply,
            Err(error) => return Err(Box::new((error, body))),
        };
        let notes = reply.notes.len() + reply.notes.omitted();
        reply.for_each_text(&mut |text| secrets.clean(text));
        if notes > 0 && secrets.stand_in(&reply.body) {
            // A note can hold any part of a secret: where the body was torn.
            reply.for_each_note_text(&mut |text| *text = Text::empty());
        }
        let answer = Answer { refusal: reply.refusal.clone(), pending: reply.pending, notes };
        *kept = Some(keep(reply));
        Ok(answer)
    }
}
