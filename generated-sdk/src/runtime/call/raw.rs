//! Calls without types: JSON text in, JSON text out. Everything else is as in any other call.

use super::Call;
use crate::runtime::body::UploadBody;
use crate::runtime::client::Client;
use crate::runtime::download::Download;
use crate::runtime::route::Route;
use crate::runtime::wire::{DecodeError, RawJson};

impl Client {
    /// Calls a route with an argument that is JSON text, `null` for none. The result is JSON as well, and so is the
    /// error, should the route refuse the call.
    ///
    /// Names that come from outside lead to routes by [`route`](crate::route); a route that the specification does not
    /// have yet can be written down as a [`Route`] of one's own. The argument is not checked for anything but being
    /// JSON.
    ///
    /// ```no_run
    /// # async fn example(client: generated_sdk::UserClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let route = generated_sdk::route("files/list_folder").ok_or("no such route")?;
    /// let page = client.core().call_raw(route, r#"{"path": "/photos"}"#).await?;
    /// println!("{page}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn call_raw(&self, route: &'static Route, json: &str) -> Call<RawJson, RawJson> {
        let (argument, fault) = parse(json);
        Call::rpc(self, route, argument).faulty(fault)
    }

    /// Like [`call_raw`](Self::call_raw), for routes that take content.
    pub fn upload_raw(
        &self,
        route: &'static Route,
        json: &str,
        body: impl Into<UploadBody>,
    ) -> Call<RawJson, RawJson> {
        let (argument, fault) = parse(json);
        Call::upload(self, route, argument, body.into()).faulty(fault)
    }

    /// Like [`call_raw`](Self::call_raw), for routes that give content.
    pub fn download_raw(
        &self,
        route: &'static Route,
        json: &str,
    ) -> Call<Download<RawJson>, RawJson> {
        let (argument, fault) = parse(json);
        Call::<Download<RawJson>, RawJson>::download(self, route, argument).faulty(fault)
    }
}

/// The argument; and what is wrong with it, if anything is.
fn parse(json: &str) -> (RawJson, Option<DecodeError>) {
    match json.parse() {
        Ok(argument) => (argument, None),
        Err(error) => (RawJson::default(), Some(error)),
    }
}

impl<T, E> Call<T, E> {
    /// A call that fails when it is made, if there is a fault.
    fn faulty(mut self, fault: Option<DecodeError>) -> Self {
        if let Some(fault) = fault {
            let message = format!("the argument is not JSON: {fault}");
            self.pending.settings.refuse(message);
        }
        self
    }
}
