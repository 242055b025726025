use super::super::known::{Known, Seen};
use super::ensure;

/// Servers that have heard everything know the same, and the same as one that reads the record from its beginning.
pub(super) fn agree(_: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Ended(end) = seen else { return Ok(()) };
    ensure(end.fault.is_none(), || format!("the record is not whole: {:?}", end.fault))?;
    let odd = end.servers.iter().position(|server| *server != end.anew || server.is_err());
    ensure(odd.is_none(), || format!("server {odd:?} differs: {:?}, anew {:?}", end.servers, end.anew))
}

/// Once a server has looked again, it does not go on with a record that the store no longer has.
pub(super) fn is_noticed(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Refreshed { began, head } = seen else { return Ok(()) };
    let is_noticed = known.last_restored() >= *began || known.has(head);
    ensure(is_noticed, || format!("a server goes on at version {} of a record that is no more", head.version))
}
