//! Content sent: whole files, and sessions.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

use super::hash::content_hash;
use super::metadata::revision;
use super::sessions::{LARGEST_CALL, Refusal, Session};
use super::store::{Content, Revision, Store};
use super::write::Commit;
use crate::state::jobs::Launch;
use crate::state::value::{Arg, flat, tag, under};
use crate::state::{Answered, Call, Outcome, World};

/// What every call that carries content must keep.
fn check_body(call: &Call) -> Result<(), Value> {
    if call.body.len() > LARGEST_CALL {
        return Err(tag("payload_too_large"));
    }
    let expected = call.arg.maybe("content_hash");
    match expected.is_some_and(|hash| !hash.eq_ignore_ascii_case(&content_hash(call.body))) {
        true => Err(tag("content_hash_mismatch")),
        false => Ok(()),
    }
}

pub(crate) fn upload(store: &mut Store, call: &Call) -> Outcome {
    check_body(call)?;
    let content = Content::new(call.body.clone());
    match Commit(call.arg).write(store, content, call.now) {
        Ok(written) => Ok(Answered::Result(revision(&written))),
        Err(reason) => Err(kept(store, call, reason).into()),
    }
}

/// What could not be stored is kept in a session, with which to try again.
fn kept(store: &mut Store, call: &Call, reason: Value) -> Value {
    let mut session = Session::new(call.now, false);
    // Nothing refuses the first piece of a session.
    let _ = session.append(0, call.body.clone(), false);
    let id = keep(store, session);
    flat("path", json!({ "reason": reason, "upload_session_id": id }))
}

fn keep(store: &mut Store, session: Session) -> String {
    let id = store.ids.text("pid_upload_session:", 60);
    store.sessions.insert(id.clone(), session);
    id
}

fn is_concurrent(arg: Arg) -> bool {
    arg.part("session_type").tag() == "concurrent"
}

pub(crate) fn start(store: &mut Store, call: &Call) -> Outcome {
    check_body(call)?;
    let concurrent = is_concurrent(call.arg);
    let close = call.arg.flag("close");
    if concurrent && !call.body.is_empty() {
        return Err(tag("concurrent_session_data_not_allowed").into());
    }
    if concurrent && close {
        return Err(tag("concurrent_session_close_not_allowed").into());
    }
    let mut session = Session::new(call.now, concurrent);
    session.append(0, call.body.clone(), close)?;
    Ok(Answered::Result(
        json!({ "session_id": keep(store, session) }),
    ))
}

pub(crate) fn start_batch(store: &mut Store, call: &Call) -> Outcome {
    let concurrent = is_concurrent(call.arg);
    let sessions = 0..call.arg.number_or("num_sessions", 1);
    let ids: Vec<_> = sessions
        .map(|_| keep(store, Session::new(call.now, concurrent)))
        .collect();
    Ok(Answered::Result(json!({ "session_ids": ids })))
}

fn session<'s>(store: &'s mut Store, cursor: Arg, call: &Call) -> Result<&'s mut Session, Value> {
    let session = store.sessions.get_mut(cursor.text("session_id"));
    let session = session.filter(|session| !session.is_expired(call.now));
    session.ok_or_else(|| tag("not_found"))
}

fn offset(cursor: Arg) -> u64 {
    cursor.number_or("offset", 0)
}

fn append_at(store: &mut Store, call: &Call, cursor: Arg, close: bool) -> Outcome {
    check_body(call)?;
    session(store, cursor, call)?.append(offset(cursor), call.body.clone(), close)?;
    Ok(Answered::Result(Value::Null))
}

/// The first version's argument is what the second's has inside.
pub(crate) fn append(store: &mut Store, call: &Call) -> Outcome {
    append_at(store, call, call.arg, false)
}

pub(crate) fn append_v2(store: &mut Store, call: &Call) -> Outcome {
    append_at(store, call, call.arg.part("cursor"), call.arg.flag("close"))
}

pub(crate) fn append_batch(store: &mut Store, call: &Call) -> Outcome {
    check_body(call)?;
    let pieces = pieces(call).ok_or_else(|| tag("length_mismatch"))?;
    let entries = pieces.into_iter().map(|(entry, piece)| {
        let cursor = entry.part("cursor");
        let appended = session(store, cursor, call)
            .and_then(|session| session.append(offset(cursor), piece, entry.flag("close")));
        match appended {
            Ok(()) => tag("success"),
            Err(error) => under("failure", error),
        }
    });
    let entries: Vec<_> = entries.collect();
    Ok(Answered::Result(json!({ "entries": entries })))
}

/// The entries of a batch with their parts of the body, if the body has just these parts.
fn pieces<'a>(call: &Call<'a>) -> Option<Vec<(Arg<'a>, Bytes)>> {
    let mut at = 0_usize;
    let mut pieces = Vec::new();
    for entry in call.arg.list("entries") {
        let end = at.checked_add(entry.count_or("length", 0))?;
        if end > call.body.len() {
            return None;
        }
        pieces.push((entry, call.body.slice(at..end)));
        at = end;
    }
    (at == call.body.len()).then_some(pieces)
}

/// Stores what a session holds and the last piece; the piece stays in the session if that fails.
fn finish_with(
    store: &mut Store,
    call: &Call,
    arg: Arg,
    piece: Bytes,
    in_batch: bool,
) -> Result<Arc<Revision>, Value> {
    let cursor = arg.part("cursor");
    let lookup = |error| under("lookup_failed", error);
    let session = session(store, cursor, call).map_err(lookup)?;
    let ready = match in_batch {
        true => session.check_closed(),
        false => Ok(()),
    };
    ready
        .and_then(|()| session.append_last(offset(cursor), piece))
        .map_err(|refusal| match refusal {
            Refusal::Lookup(error) => lookup(error),
            Refusal::Session(error) => error,
        })?;
    let content = Content::new(session.content());
    let written = Commit(arg.part("commit")).write(store, content, call.now);
    let written = written.map_err(|error| under("path", error))?;
    if let Some(session) = store.sessions.get_mut(cursor.text("session_id")) {
        session.commit();
    }
    Ok(written)
}

pub(crate) fn finish(store: &mut Store, call: &Call) -> Outcome {
    check_body(call)?;
    let written = finish_with(store, call, call.arg, call.body.clone(), false)?;
    Ok(Answered::Result(revision(&written)))
}

fn finish_all(store: &mut Store, call: &Call) -> Value {
    let entries = call.arg.list("entries").map(|arg| {
        match finish_with(store, call, arg, Bytes::new(), true) {
            Ok(written) => flat("success", revision(&written)),
            Err(error) => under("failure", error),
        }
    });
    let entries: Vec<_> = entries.collect();
    json!({ "entries": entries })
}

pub(crate) fn finish_batch_v2(store: &mut Store, call: &Call) -> Outcome {
    Ok(Answered::Result(finish_all(store, call)))
}

pub(crate) fn finish_batch(world: &mut World, call: &Call) -> Outcome {
    let done = flat("complete", finish_all(world.store(call)?, call));
    world
        .jobs
        .launch("finish_batch", call, done, Launch::Sooner)
}
