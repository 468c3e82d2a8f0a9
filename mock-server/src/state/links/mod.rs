//! Shared links: what they are, and who may open them.

pub(super) mod routes;
mod settings;

use std::collections::BTreeMap;

use serde_json::Value;

use super::Call;
use super::files::store::Entry;
use super::ids::{Ids, stamp};
use super::value::tag;
use settings::Settings;

/// A shared link.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub url: String,
    /// Whose it is.
    pub account: String,
    /// Of the file or folder that it leads to.
    pub id: String,
    settings: Settings,
}

/// All shared links.
#[derive(Debug)]
pub(crate) struct Links {
    ids: Ids,
    by_url: BTreeMap<String, Link>,
}

impl Links {
    pub fn new(ids: Ids) -> Self {
        Self {
            ids,
            by_url: BTreeMap::new(),
        }
    }

    fn add(&mut self, entry: &Entry, account: &str, settings: Settings) -> Link {
        let kind = if entry.file.is_some() { "fi" } else { "fo" };
        let (key, secret) = (self.ids.text("", 21), self.ids.text("", 25));
        // Names may hold what a URL may not; they are for readers only.
        let name: String = entry
            .place
            .name()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || ".-_".contains(*c))
            .collect();
        let url = format!("https://www.dropbox.com/scl/{kind}/{key}/{name}?rlkey={secret}&dl=0");
        let link = Link {
            url: url.clone(),
            account: account.to_owned(),
            id: entry.id.clone(),
            settings,
        };
        self.by_url.insert(url, link.clone());
        link
    }

    /// The link, if it exists and the caller may use it; else the `SharedLinkError`.
    pub fn open(&self, url: &str, password: Option<&str>, call: &Call) -> Result<&Link, Value> {
        let link = self
            .by_url
            .get(url)
            .ok_or_else(|| tag("shared_link_not_found"))?;
        let settings = &link.settings;
        let is_late = settings
            .expires
            .as_ref()
            .is_some_and(|expires| *expires < stamp(call.now));
        let is_wrong = settings.password.is_some() && settings.password.as_deref() != password;
        match call.is(&link.account) || !is_late && !is_wrong {
            true => Ok(link),
            false => Err(tag("shared_link_access_denied")),
        }
    }

    /// The link of an account to something.
    fn to(&self, account: &str, id: &str) -> Option<&Link> {
        self.by_url
            .values()
            .find(|link| link.account == account && link.id == id)
    }

    fn owned(&mut self, call: &Call) -> Result<&mut Link, Value> {
        let link = self.by_url.get_mut(call.arg.text("url"));
        let link = link.ok_or_else(|| tag("shared_link_not_found"))?;
        match call.is(&link.account) {
            true => Ok(link),
            false => Err(tag("shared_link_access_denied")),
        }
    }
}
