//! Casework: the law's time limits, the trail of acts, money and liability, the states of clues and cases, and who may see and do what.
//! Pure values, no clock.

pub mod act;
pub mod ask;
pub mod calendar;
pub mod clock;
pub mod docket;
pub mod docs;
pub mod draw;
pub mod facts;
pub mod files;
pub mod form;
pub mod fuzz;
pub mod grade;
pub mod guards;
pub mod guide;
pub mod id;
pub mod limit;
mod limit_file;
pub mod machine;
mod machine_file;
pub mod measure;
mod measure_file;
pub mod money;
pub mod paper;
pub mod points;
pub mod policy;
pub mod procedures;
mod reader;
pub mod scheme;
mod scheme_file;
pub mod signin;
pub mod site_form;
pub mod store;
pub mod trail;
pub mod vault;
pub mod watermark;
pub mod words;

pub use calendar::Calendar;
pub use limit::Limit;
pub use machine::Machine;
pub use mingcha_model::cell;
pub use policy::Policies;
pub use procedures::Procedures;
