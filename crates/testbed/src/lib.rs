//! What tests and the demo stand on: real servers, started for one test and gone with it, and casework to fill one with. Never part of the product.

pub mod demo;
pub mod postgres;
pub mod provider;
