//! What is measured of `generated-sdk` at run time: its own codec, the one through serde, and its calls.

mod http;

use generated_sdk::json::{self, Blank, Wire};
use generated_sdk::{files, team, team_log};
use harness::Outcome;
use harness::codec::{Codec, Decoded};

pub use http::Loopback;

/// All pages (a static, so that what it names is compiled once), each by the SDK's own codec and through serde.
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
    Codec {
        page: "list_folder",
        way: "serde_",
        decode: decode_serde::<files::ListFolderResult>,
    },
    Codec {
        page: "members",
        way: "serde_",
        decode: decode_serde::<team::MembersListV2Result>,
    },
    Codec {
        page: "events",
        way: "serde_",
        decode: decode_serde::<team_log::GetTeamEventsResult>,
    },
];

struct Own<T>(T);

impl<T: Wire> Decoded for Own<T> {
    fn encode(&self) -> Vec<u8> {
        json::to_vec(&self.0)
    }
}

fn decode<T: Wire + Blank + 'static>(text: &[u8]) -> Outcome<Box<dyn Decoded>> {
    Ok(Box::new(Own(json::from_slice::<T>(text)?)))
}

struct Serde<T>(T);

impl<T: serde::Serialize> Decoded for Serde<T> {
    fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).expect("all values can be written")
    }
}

fn decode_serde<T>(text: &[u8]) -> Outcome<Box<dyn Decoded>>
where
    T: serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    Ok(Box::new(Serde(serde_json::from_slice::<T>(text)?)))
}
