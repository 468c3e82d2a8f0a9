//! What the owner of a link may settle.

use serde_json::{Value, json};

use crate::state::Call;
use crate::state::ids::stamp;
use crate::state::value::{Arg, sparse, tag};

/// What a link's owner can set.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub password: Option<String>,
    pub expires: Option<String>,
    audience: String,
    access: String,
    pub allow_download: bool,
}

impl Settings {
    pub fn new() -> Self {
        let [audience, access] = ["public", "viewer"].map(str::to_owned);
        Self {
            password: None,
            expires: None,
            audience,
            access,
            allow_download: true,
        }
    }

    /// Takes over what is asked for, or says that it makes no sense.
    pub fn change(&mut self, asked: Arg, call: &Call) -> Result<(), Value> {
        let visibility = asked.get("requested_visibility").map(Arg::tag);
        let wants_password = visibility == Some("password") || asked.flag("require_password");
        let password = asked
            .maybe("link_password")
            .filter(|password| !password.is_empty());
        let is_late = asked
            .maybe("expires")
            .is_some_and(|expires| expires < stamp(call.now).as_str());
        if is_late || wants_password && password.is_none() && self.password.is_none() {
            return Err(tag("invalid_settings"));
        }
        match password {
            Some(password) => self.password = Some(password.to_owned()),
            None if !asked.flag_or("require_password", true) => self.password = None,
            None => {}
        }
        if let Some(expires) = asked.maybe("expires") {
            self.expires = Some(expires.to_owned());
        }
        let of_visibility = visibility.map(|visibility| {
            if visibility == "team_only" {
                "team"
            } else {
                "public"
            }
        });
        if let Some(audience) = asked.get("audience").map(Arg::tag).or(of_visibility) {
            self.audience = audience.to_owned();
        }
        if asked.part("access").tag() == "editor" {
            self.access = "editor".to_owned();
        }
        self.allow_download = asked.flag_or("allow_download", self.allow_download);
        Ok(())
    }

    /// A `LinkPermissions`.
    pub fn permissions(&self, is_owner: bool) -> Value {
        let visibility = match (self.password.is_some(), self.audience.as_str()) {
            (true, "team") => "team_and_password",
            (true, _) => "password",
            (false, "team") => "team_only",
            (false, "no_one") => "no_one",
            (false, _) => "public",
        };
        let failure = (!is_owner).then(|| tag("owner_only"));
        sparse(json!({
            "resolved_visibility": tag(visibility),
            "effective_audience": tag(&self.audience),
            "link_access_level": tag(&self.access),
            "can_revoke": is_owner,
            "revoke_failure_reason": failure,
            "visibility_policies": [],
            "can_set_expiry": is_owner,
            "can_remove_expiry": is_owner,
            "allow_download": self.allow_download,
            "can_allow_download": is_owner,
            "can_disallow_download": is_owner,
            "allow_comments": true,
            "team_restricts_comments": false,
            "can_set_password": is_owner,
            "can_remove_password": is_owner,
            "require_password": self.password.is_some(),
        }))
    }
}
