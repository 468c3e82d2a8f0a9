//! Nothing: building this library builds the SDK with the features that were asked for.
