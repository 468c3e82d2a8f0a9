//! What is measured of `dropbox-sdk` at run time: its serde implementations and its calls.

mod http;

use dropbox_sdk::types::{files, team, team_log};
use harness::Outcome;
use harness::codec::{Codec, Decoded};

pub use http::Loopback;

/// All pages. A static, so that what it names is compiled once and not in each program.
pub static CODECS: &[Codec] = &[
    Codec {
        page: "list_folder",
        way: "",
        decode: decode::<files::ListFolderResult>,
    },
    Codec {
        page: "members",
        way: "",
        decode: decode::<team::MembersListV2Result>,
    },
    Codec {
        page: "events",
        way: "",
        decode: decode::<team_log::GetTeamEventsResult>,
    },
];

struct Serde<T>(T);

impl<T: serde::Serialize> Decoded for Serde<T> {
    fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).expect("all values can be written")
    }
}

fn decode<T>(text: &[u8]) -> Outcome<Box<dyn Decoded>>
where
    T: serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    Ok(Box::new(Serde(serde_json::from_slice::<T>(text)?)))
}
