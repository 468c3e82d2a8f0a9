//! Uploads say what content is to arrive: the hash of the content is computed before it is sent, and goes into the
//! argument where that has room for it.

use super::Pending;
use crate::runtime::content_hash::ContentHash;
use crate::runtime::error::Failure;
use crate::runtime::route::Style;
use crate::runtime::wire::{Field, View, Wire, view};

/// The field of arguments and results.
const KEY: &str = "\"content_hash\":";

impl Pending {
    /// The hash to send with the content, if there is to be one and the caller gave none.
    pub(super) async fn content_hash(&mut self) -> Result<Option<ContentHash>, Box<Failure>> {
        if !self.takes_content_hash() {
            return Ok(None);
        }
        let Some(body) = &mut self.body else {
            return Ok(None);
        };
        match body.content_hash().await {
            Ok(hash) => Ok(hash),
            Err(error) => Err(Failure::unreadable(self.route, error)),
        }
    }

    /// Whether the route wants to know the hash and does not yet.
    pub(super) fn takes_content_hash(&self) -> bool {
        let config = &self.client.core.config;
        self.settings.content_hash.unwrap_or(config.content_hash)
            && self.route.content_hash
            && self.route.style == Style::Upload
            && is_unset(&*self.arg)
    }
}

/// Whether the argument could have a hash, but has none.
fn is_unset(arg: &dyn Wire) -> bool {
    let mut unset = false;
    view(arg, |view| {
        if let View::Struct(meta, fields) = view {
            for (at, key) in meta.keys.iter().enumerate() {
                unset |= *key == KEY && matches!(fields.get(meta, at).1, Field::Unset);
            }
        }
    });
    unset
}

/// The JSON of an argument that has no hash, with one.
pub(super) fn with_content_hash(json: &str, hash: ContentHash) -> String {
    let fields = json.strip_suffix('}').unwrap_or(json);
    let comma = if fields.ends_with('{') { "" } else { "," };
    format!("{fields}{comma}{KEY}\"{hash}\"}}")
}
