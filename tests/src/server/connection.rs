//! One connection: request in, reply out, until either side ends it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;

use super::reply::Act;
use super::{Recorded, Reply, State, lock};

/// Serves a connection until it ends. What a client breaks off is its own affair.
pub(super) fn serve(stream: &TcpStream, state: &State) {
    let mut input = BufReader::new(stream);
    while let Ok(true) = answer_one(stream, &mut input, state) {}
    let _ = stream.shutdown(Shutdown::Both);
}

/// Answers one request, and says whether the connection goes on.
fn answer_one(
    stream: &TcpStream,
    input: &mut BufReader<&TcpStream>,
    state: &State,
) -> io::Result<bool> {
    let Some(mut request) = read_head(input)? else {
        return Ok(false);
    };
    request.connection = stream.peer_addr()?.port();
    if !state.hasty {
        read_body(input, &mut request)?;
    }
    lock(&state.requests).push(request.clone());
    let reply = (lock(&state.script))(&request);
    let goes_on = play(stream, reply)?;
    if state.hasty {
        // Closing with unread content would make the client lose the answer.
        io::copy(input, &mut io::sink())?;
    }
    Ok(goes_on)
}

/// Plays the reply, and says whether the connection goes on.
fn play(mut stream: &TcpStream, reply: Reply) -> io::Result<bool> {
    for act in reply.acts {
        match act {
            Act::Send(bytes) => stream.write_all(&bytes)?,
            Act::Pause(duration) => thread::sleep(duration),
            Act::Close => return Ok(false),
            // Ends with an error when the server or the client ends the connection.
            Act::Hold => return stream.read(&mut [0]).map(|_| false),
        }
    }
    Ok(true)
}

/// A request without its body; nothing when the client ended the connection between requests.
fn read_head(input: &mut impl BufRead) -> io::Result<Option<Recorded>> {
    let Some(line) = read_line(input)? else {
        return Ok(None);
    };
    let line = String::from_utf8(line).map_err(io::Error::other)?;
    let mut words = line.split(' ');
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Err(io::Error::other("no request line"));
    };
    let mut request = Recorded {
        method: method.to_owned(),
        path: path.to_owned(),
        ..Recorded::default()
    };
    request.headers = read_headers(input)?;
    Ok(Some(request))
}

fn read_headers(input: &mut impl BufRead) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut headers = Vec::new();
    while let Some(line) = read_line(input)?.filter(|line| !line.is_empty()) {
        let colon = line
            .iter()
            .position(|&byte| byte == b':')
            .ok_or_else(|| io::Error::other("no colon"))?;
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        headers.push((name, line[colon + 1..].trim_ascii().to_vec()));
    }
    Ok(headers)
}

fn read_body(input: &mut impl BufRead, request: &mut Recorded) -> io::Result<()> {
    request.chunked = request.header("transfer-encoding") == Some("chunked");
    if request.chunked {
        request.body = read_chunks(input)?;
    } else if let Some(length) = request.header("content-length") {
        let length = length.parse().map_err(io::Error::other)?;
        request.body = read_exactly(input, length)?;
    }
    Ok(())
}

fn read_chunks(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(input)?.unwrap_or_default();
        let size =
            usize::from_str_radix(&String::from_utf8_lossy(&line), 16).map_err(io::Error::other)?;
        body.extend(read_exactly(input, size)?);
        read_line(input)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn read_exactly(input: &mut impl BufRead, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A line without its end; nothing at the end of the connection.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let line = line
        .strip_suffix(b"\r\n")
        .ok_or_else(|| io::Error::other("a line without its end"))?;
    Ok(Some(line.to_vec()))
}
