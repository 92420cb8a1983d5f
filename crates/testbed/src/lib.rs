//! What tests stand on: real servers, started for one test and gone with it. Never part of the product.

pub mod postgres;
