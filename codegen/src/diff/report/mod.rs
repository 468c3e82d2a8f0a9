//! A report for people, programs and changelogs.
//!
//! In: a [`super::Report`]. Out: text.

mod human;
mod json;
mod markdown;
