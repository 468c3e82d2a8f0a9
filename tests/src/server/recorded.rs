//! A request as it came in.

/// One request; names of headers are in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Names and values in the order in which they came.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, without the framing of chunks.
    pub body: Vec<u8>,
    /// Whether the body came in chunks.
    pub chunked: bool,
    /// The number of the connection that it came on, by the port of the client.
    pub connection: u16,
}

impl Recorded {
    /// The value of a header that comes at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values
            .next()
            .map(|(_, value)| str::from_utf8(value).expect("the value is UTF-8"));
        assert!(values.next().is_none(), "the header {name} came twice");
        value
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("the body is UTF-8")
    }

    /// All headers and the body as text, to be searched.
    pub fn shown(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(value)));
        }
        text + &String::from_utf8_lossy(&self.body)
    }
}
