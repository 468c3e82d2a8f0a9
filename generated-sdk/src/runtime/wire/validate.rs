//! Constraints of the specification, checked on what is about to be sent.

mod pattern;

use std::fmt::Display;

use super::{
    Bound, Entries, Field, Fields, Items, Rule, Scalar, StructMeta, ValidationError, View, Wire,
    view,
};

type Outcome = Result<(), ValidationError>;

/// Checks the constraints of a value and of everything in it. What came in under an unknown tag may not be sent on.
pub(super) fn check(value: &dyn Wire) -> Outcome {
    validate_by(value, &Rule::NONE)
}

fn validate_by(value: &dyn Wire, rule: &Rule) -> Outcome {
    let mut outcome = Ok(());
    view(value, |view| outcome = level(&view, rule));
    outcome
}

fn level(view: &View<'_>, rule: &Rule) -> Outcome {
    match view {
        View::Null => Ok(()),
        View::Scalar(scalar) => check_scalar(scalar, rule),
        View::Struct(meta, fields) => check_fields(meta, fields),
        View::Union(meta, index, payload) => {
            let outcome = validate_by(*payload, rule_of(meta.rules, (*index).into()));
            let keyed = matches!(meta.kind(*index), b'k' | b'K');
            outcome.map_err(|error| {
                if keyed {
                    error.within_key(meta.tag(*index))
                } else {
                    error
                }
            })
        }
        View::Unknown(unknown) => refuse(format!(
            "the unknown tag `{}` cannot be sent",
            unknown.tag()
        )),
        View::List(items) => check_items(*items, rule),
        View::Map(entries) => check_entries(*entries, rule),
    }
}

fn check_fields(meta: &StructMeta, fields: &Fields<'_>) -> Outcome {
    for index in 0..meta.keys.len() {
        let rule = rule_of(meta.rules, index);
        let outcome = match fields.get(meta, index) {
            (_, Field::Text(text)) => check_text(text, rule),
            (_, Field::Other(other)) => validate_by(other, rule),
            (_, Field::Unset) => Ok(()),
        };
        outcome.map_err(|error| error.within_key(meta.field_name(index)))?;
    }
    Ok(())
}

fn check_items(items: &dyn Items, rule: &Rule) -> Outcome {
    check_count(items.count(), "items", rule.min_items, rule.max_items)?;
    let item_rule = rule.item.unwrap_or(&Rule::NONE);
    for index in 0..items.count() {
        if let Some(item) = items.item(index) {
            validate_by(item, item_rule).map_err(|error| error.within_index(index))?;
        }
    }
    Ok(())
}

fn check_entries(entries: &dyn Entries, rule: &Rule) -> Outcome {
    check_count(entries.count(), "entries", rule.min_items, rule.max_items)?;
    let (key_rule, value_rule) = (
        rule.key.unwrap_or(&Rule::NONE),
        rule.item.unwrap_or(&Rule::NONE),
    );
    let mut outcome = Ok(());
    entries.each(&mut |key, value| {
        if outcome.is_ok() {
            let checked = check_text(key, key_rule).and_then(|()| validate_by(value, value_rule));
            outcome = checked.map_err(|error| error.within_key(key));
        }
    });
    outcome
}

fn check_scalar(scalar: &Scalar<'_>, rule: &Rule) -> Outcome {
    match scalar {
        Scalar::Text(text) => check_text(text, rule),
        Scalar::Int(value) => check_integer(*value, rule),
        Scalar::Single(value) => check_float((*value).into(), rule),
        Scalar::Float(value) => check_float(*value, rule),
        Scalar::Bytes(bytes) => check_count(bytes.len(), "bytes", rule.min_length, rule.max_length),
        Scalar::Blank | Scalar::Bool(_) | Scalar::Timestamp(_) | Scalar::Date(_) => Ok(()),
    }
}

fn check_text(text: &str, rule: &Rule) -> Outcome {
    if rule.min_length > 0 || text.len() > rule.max_length as usize {
        check_count(
            text.chars().count(),
            "characters",
            rule.min_length,
            rule.max_length,
        )?;
    }
    match rule.pattern {
        Some(pattern)
            if !pattern::begins(rule.starts, text) && !pattern::matches(pattern, text) =>
        {
            refuse(format!("does not match the pattern `{pattern}`"))
        }
        _ => Ok(()),
    }
}

fn check_count(count: usize, what: &str, min: u32, max: u32) -> Outcome {
    if count < min as usize {
        return refuse(format!("has {count} {what}, needs at least {min}"));
    }
    if count > max as usize {
        return refuse(format!("has {count} {what}, may have at most {max}"));
    }
    Ok(())
}

fn check_integer(value: i128, rule: &Rule) -> Outcome {
    let whole = |bound: Bound| match bound {
        Bound::Int(bound) => Some(bound.into()),
        Bound::Uint(bound) => Some(i128::from(bound)),
        Bound::Float(_) => None,
    };
    let (min, max) = (rule.min.and_then(whole), rule.max.and_then(whole));
    check_range(value, min, max)
}

fn check_float(value: f64, rule: &Rule) -> Outcome {
    if !value.is_finite() {
        return refuse(format!("the number {value} cannot be sent"));
    }
    let real = |bound: Bound| match bound {
        Bound::Int(bound) => bound as f64,
        Bound::Uint(bound) => bound as f64,
        Bound::Float(bound) => bound,
    };
    check_range(value, rule.min.map(real), rule.max.map(real))
}

fn check_range<T: PartialOrd + Display>(value: T, min: Option<T>, max: Option<T>) -> Outcome {
    match (min, max) {
        (Some(min), _) if value < min => out_of_range(&value, "less than the minimum", &min),
        (_, Some(max)) if value > max => out_of_range(&value, "greater than the maximum", &max),
        _ => Ok(()),
    }
}

#[cold]
fn out_of_range(value: &dyn Display, how: &str, bound: &dyn Display) -> Outcome {
    refuse(format!("{value} is {how} {bound}"))
}

/// The rule of a field or variant in a table.
fn rule_of<N: Copy + Into<usize>>(rules: &[(N, &'static Rule)], index: usize) -> &'static Rule {
    for (number, rule) in rules {
        if (*number).into() == index {
            return rule;
        }
    }
    &Rule::NONE
}

#[cold]
fn refuse(message: String) -> Outcome {
    Err(ValidationError::new(message))
}
