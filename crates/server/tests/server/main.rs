//! A real server on its own port, on SQLite and on PostgreSQL, asked over the wire.

mod accounts;
mod carried;
mod attacks;
mod client;
mod crowd;
mod errors;
mod exports;
mod files;
mod health;
mod killed;
mod ledgers;
mod law;
mod matters;
mod office;
mod openapi;
mod operate;
mod papers;
mod setup;
mod sign_in;
mod start;
mod time;
mod trail;
mod vault;
mod web;
