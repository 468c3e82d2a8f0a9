//! JSON booleans and numbers.

use super::reader::Reader;

impl<'a> Reader<'a> {
    /// Reads a boolean.
    pub(in super::super) fn boolean(&mut self) -> bool {
        let value = self.word("true");
        if !value && !self.word("false") {
            self.expected("a boolean");
        }
        value
    }

    /// Reads an integer within limits. A fraction or exponent is refused even if its value is whole.
    pub(in super::super) fn integer(&mut self, min: i128, max: i128) -> i128 {
        let start = self.mark();
        let negative = self.punctuation(b'-');
        let digits = self.mark();
        let leading_zero = self.peek() == Some(b'0');
        let mut value: u64 = 0;
        let mut count = 0;
        while let Some(digit @ b'0'..=b'9') = self.rest().get(count) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            count += 1;
        }
        self.advance(count);
        let broken = count == 0 || leading_zero && count > 1;
        if broken || matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            self.go_back(start);
            return self.not_an_integer();
        }
        // Nineteen digits always fit; of more, what does not fit is out of every range.
        let value = if count < 20 {
            value.into()
        } else {
            match self.since(digits).parse::<u64>() {
                Ok(value) => value.into(),
                Err(_) => i128::MAX,
            }
        };
        let value = if negative { -value } else { value };
        if value < min || value > max {
            self.go_back(start);
            self.fail(format_args!("the number is not within {min} and {max}"));
            return 0;
        }
        value
    }

    /// Says why there is no integer at the current position.
    #[cold]
    fn not_an_integer(&mut self) -> i128 {
        let start = self.mark();
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            self.expected("an integer");
        } else if let Some(number) = self.number() {
            self.go_back(start);
            self.fail(format_args!("expected an integer, found {number}"));
        }
        0
    }

    /// Reads a number that a 64-bit float can hold.
    pub(in super::super) fn float(&mut self) -> f64 {
        self.finite(f64::is_finite)
    }

    /// Reads a number that a 32-bit float can hold.
    pub(in super::super) fn single(&mut self) -> f32 {
        self.finite(f32::is_finite)
    }

    fn finite<T>(&mut self, is_finite: fn(T) -> bool) -> T
    where
        T: std::str::FromStr + Default + Copy,
    {
        let start = self.mark();
        let Some(number) = self.number() else {
            return T::default();
        };
        match number.parse() {
            Ok(value) if is_finite(value) => value,
            _ => {
                self.go_back(start);
                self.fail(format_args!("the number {number} is too large"));
                T::default()
            }
        }
    }

    /// Reads a number token of valid JSON.
    pub(in super::super) fn number(&mut self) -> Option<&'a str> {
        let start = self.mark();
        self.punctuation(b'-');
        let mut valid = self.punctuation(b'0') || self.digits() > 0;
        if valid && self.punctuation(b'.') {
            valid = self.digits() > 0;
        }
        if valid && (self.punctuation(b'e') || self.punctuation(b'E')) {
            let _sign = self.punctuation(b'+') || self.punctuation(b'-');
            valid = self.digits() > 0;
        }
        if !valid || matches!(self.peek(), Some(b'0'..=b'9')) {
            if self.since(start).is_empty() {
                self.expected("a number");
            }
            self.fail(format_args!("not a number of JSON"));
            return None;
        }
        Some(self.since(start))
    }

    fn digits(&mut self) -> usize {
        let mut count = 0;
        while let Some(b'0'..=b'9') = self.rest().get(count) {
            count += 1;
        }
        self.advance(count);
        count
    }
}
