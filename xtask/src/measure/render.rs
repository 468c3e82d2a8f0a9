//! Writes `MEASUREMENTS.md`: one table for each group of rows.

use std::fmt::Write;

use super::record::Record;
use super::rows::{Figures, Verdict};

const HEAD: &str = "# Measurements

Written by `cargo xtask measure`; changes by hand are lost. Each figure is the median over the rounds of one run in
which the peer and ours take turns: `dropbox-sdk` 0.21 with all namespaces and its asynchronous client, and
`generated-sdk` with `full` and without `serde`. Seconds are CPU seconds, user and system, of the crate's own rustc
process (first builds: of cargo and all that it starts; generators: of the tool); its peak memory beside them; MB are
10^6 bytes. Codec speed is per CPU second of one thread, in the middle of slices of 0.2 s in which the two take turns; the
heap is counted over the whole program, with the loopback server. A call is CPU time of the client's thread; speeds beside
plain reqwest are of 64 MiB, server and client on one core, by the clock, and the pair in the middle of many is given. The
ratio says how many times better ours is; where the demand names another figure of ours, the share of that.
";

/// The whole report.
pub fn markdown(record: &Record, rows: &[Figures]) -> String {
    let mut out = HEAD.to_owned();
    out.push_str("\n| part | measured | rounds | machine |\n|---|---|---|---|\n");
    for (name, run) in &record.parts {
        let (date, rounds, machine) = (&run.date, run.rounds, run.machine.line());
        let _ = writeln!(out, "| {name} | {date} | {rounds} | {machine} |");
    }
    for group in rows.chunk_by(|a, b| a.group == b.group) {
        table(&mut out, group);
    }
    out
}

fn table(out: &mut String, rows: &[Figures]) {
    let title = rows.first().map_or("", |row| row.group);
    let _ = write!(
        out,
        "\n## {title}\n\n| | peer | ours | ratio | must | aim | |\n|---|--:|--:|--:|---|---|---|\n"
    );
    for row in rows {
        let figure =
            |value: Option<f64>| value.map_or_else(String::new, |v| with_unit(v, row.unit));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            row.what,
            figure(row.peer),
            figure(row.ours),
            row.ratio
                .map_or_else(String::new, |ratio| format!("{ratio:.2}")),
            row.must.as_deref().unwrap_or_default(),
            row.aim.as_deref().unwrap_or_default(),
            verdict(row),
        );
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    let digits = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    format!("{value:.digits$} {unit}").trim_end().to_owned()
}

fn verdict(row: &Figures) -> &'static str {
    match row.verdict {
        Verdict::Aim => "aim reached",
        Verdict::Must => "must reached",
        Verdict::Missed => "**missed**",
        Verdict::None if row.ours.is_none() => "not measured",
        Verdict::None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(what: &'static str, ours: Option<f64>, verdict: Verdict) -> Figures {
        Figures {
            group: "Building",
            what,
            unit: "s",
            peer: ours.map(|ours| ours * 4.0),
            ours,
            ratio: ours.map(|_| 4.0),
            must: Some("≥ 4×".into()),
            aim: None,
            verdict,
        }
    }

    #[test]
    fn rows_become_tables() {
        let rows = [
            row("check", Some(6.789), Verdict::Must),
            row("dev", None, Verdict::None),
            row("release", Some(140.2), Verdict::Missed),
        ];
        let text = markdown(&Record::default(), &rows);
        let (_, table) = text.split_once("## Building\n\n").expect("the heading");
        let expected = "\
| | peer | ours | ratio | must | aim | |
|---|--:|--:|--:|---|---|---|
| check | 27.2 s | 6.79 s | 4.00 | ≥ 4× |  | must reached |
| dev |  |  |  | ≥ 4× |  | not measured |
| release | 561 s | 140 s | 4.00 | ≥ 4× |  | **missed** |
";
        assert_eq!(table, expected);
    }
}
