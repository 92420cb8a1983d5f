//! A real server on its own port, on SQLite and on PostgreSQL, asked over the wire.

mod accounts;
mod attacks;
mod carried;
mod client;
mod crowd;
mod desk;
mod errors;
mod exports;
mod files;
mod health;
mod killed;
mod law;
mod ledgers;
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
