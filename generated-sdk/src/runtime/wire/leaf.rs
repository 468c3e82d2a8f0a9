//! Values without parts.

use std::borrow::Cow;

use super::{Decoder, Encoder, Scalar, Wire};
use crate::runtime::{Bytes, Date, Timestamp};

impl Wire for () {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.null();
    }

    #[inline]
    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.null();
    }
}

impl Wire for bool {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Bool(*self));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = inp.boolean();
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Wire for $type {
            fn encode(&self, out: &mut Encoder<'_>) {
                out.scalar(Scalar::Int((*self).into()));
            }

            fn decode(&mut self, inp: &mut Decoder<'_>) {
                // What comes is within the limits.
                *self = inp.integer(Self::MIN.into(), Self::MAX.into()) as Self;
            }
        }
    )*};
}

integers!(i32 i64 u32 u64);

impl Wire for f32 {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Single(*self));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = inp.single();
    }
}

impl Wire for f64 {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Float(*self));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = inp.float();
    }
}

impl Wire for String {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Text(Cow::Borrowed(self)));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        inp.string(self);
    }
}

impl Wire for Bytes {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Bytes(self.clone()));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = inp.bytes();
    }
}

impl Wire for Timestamp {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Timestamp(*self));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = inp.timestamp();
    }
}

impl Wire for Date {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.scalar(Scalar::Date(*self));
    }

    fn decode(&mut self, inp: &mut Decoder<'_>) {
        *self = inp.date();
    }
}
