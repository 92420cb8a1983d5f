//! A bar on the terminal for long work, and the interrupt that stops it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::IsTerminal,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

static CANCEL: AtomicBool = AtomicBool::new(false);
static HANDLER: OnceLock<()> = OnceLock::new();

/// A flag that an interrupt (Ctrl-C, SIGTERM) sets; a second one ends the process at once, which the next start can deal with.
pub fn cancel() -> &'static AtomicBool {
    HANDLER.get_or_init(|| {
        let _ = ctrlc::set_handler(|| {
            if CANCEL.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
    });
    &CANCEL
}

/// A bar with a message; nothing where standard error is no terminal.
pub fn bar(message: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr_with_hz(8));
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:32} {percent:>3}% {elapsed} (left {eta})")
    {
        bar.set_style(style);
    }
    bar.set_message(message);
    bar
}
