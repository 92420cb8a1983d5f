//! A real server on its own port, on SQLite and on PostgreSQL, asked over the wire.

mod accounts;
mod client;
mod errors;
mod health;
mod killed;
mod matters;
mod openapi;
mod setup;
mod sign_in;
mod start;
mod trail;
