//! Tests of the bucket checks.
