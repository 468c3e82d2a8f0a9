//! Damages specs and holds the parser to what must be true of every text.
//!
//! In: the cases and the project's spec. Out: a failure that names the mutant. The run is seeded: mutant 17 is the same
//! text on every machine. `STONE_MUTANTS` says how many there are, `STONE_FIRST` with which to begin.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::corpus::{Corpus, Spec};
use crate::{mutate, targets};

/// How many mutants a plain `cargo test` tries.
const MUTANTS: u64 = 2_000;

/// One mutant in so many is of the whole spec, which costs a hundred times as much as one of a case. It is judged only:
/// printing goes file by file anyway.
const WHOLE_SPEC_EVERY: u64 = 100;

#[test]
fn no_damage_breaks_the_parser() {
    let first = setting("STONE_FIRST").unwrap_or(0);
    let count = setting("STONE_MUTANTS").unwrap_or(MUTANTS);
    let corpus = Corpus::read();
    // Mutants differ in what they cost, so that each worker takes the next one when it is free.
    let next = AtomicU64::new(first);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let work = |_| {
            let corpus = &corpus;
            let numbers = std::iter::from_fn(|| {
                Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < first + count)
            });
            scope.spawn(move || numbers.map(|number| attempt(corpus, number)).collect())
        };
        let running: Vec<_> = (0..workers).map(work).collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("panics are caught"))
            .collect()
    });
    let tally: Tally = tallies.into_iter().sum();
    println!("{tally:?}");
    assert!(tally.broken.is_empty(), "mutants {:?}", tally.broken);
}

#[test]
fn no_spec_of_the_corpus_breaks_the_parser() {
    let corpus = Corpus::read();
    for spec in corpus.parts.iter().flatten().chain([&corpus.whole]) {
        targets::is_judged(&spec.files);
        targets::survives_printing(&spec.files);
    }
}

fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name}={value} is no number")),
    )
}

/// What came of some mutants.
#[derive(Debug, Default)]
struct Tally {
    tried: u64,
    /// Those without an error.
    valid: u64,
    slowest: (Duration, u64),
    broken: Vec<u64>,
}

impl FromIterator<Tally> for Tally {
    fn from_iter<I: IntoIterator<Item = Tally>>(tallies: I) -> Self {
        tallies.into_iter().sum()
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Self {
        tallies.fold(Tally::default(), |mut sum, tally| {
            sum.tried += tally.tried;
            sum.valid += tally.valid;
            sum.slowest = sum.slowest.max(tally.slowest);
            sum.broken.extend(tally.broken);
            sum
        })
    }
}

fn attempt(corpus: &Corpus, number: u64) -> Tally {
    let spec = mutant(corpus, number);
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let verdict = targets::is_judged(&spec.files);
        if !is_whole(number) {
            targets::survives_printing(&spec.files);
        }
        verdict
    }));
    Tally {
        tried: 1,
        valid: u64::from(matches!(outcome, Ok(targets::Verdict::Valid))),
        slowest: (start.elapsed(), number),
        broken: outcome.is_err().then_some(number).into_iter().collect(),
    }
}

fn is_whole(number: u64) -> bool {
    number.is_multiple_of(WHOLE_SPEC_EVERY)
}

fn mutant(corpus: &Corpus, number: u64) -> Spec {
    let mut rng = fastrand::Rng::with_seed(number);
    let mut spec = if is_whole(number) {
        corpus.whole.clone()
    } else {
        corpus.part(&mut rng).clone()
    };
    let other = corpus.part(&mut rng);
    let file = rng.usize(..spec.files.len());
    for _ in 0..rng.usize(1..=4) {
        mutate::damage(&mut spec.files[file].1, &other.files[0].1, &mut rng);
    }
    spec
}
