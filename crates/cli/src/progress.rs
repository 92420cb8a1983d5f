//! A bar on the terminal for long work, or lines for a program that attends to it, and what stops it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{self, IsTerminal, Read as _},
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

static ATTENDED: AtomicBool = AtomicBool::new(false);

/// Another program attends to this one: it reads `progress DONE/OF` on standard error, and holds standard input open as long as it wants
/// the work. Everything that takes long can be killed at any moment, so the end of that program is the end of this one.
pub fn attend() {
    ATTENDED.store(true, Ordering::Relaxed);
    thread::spawn(|| {
        let mut byte = [0];
        while io::stdin().read(&mut byte).is_ok_and(|read| read > 0) {}
        std::process::exit(130);
    });
}

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

/// How far some work is, shown or told.
pub struct Bar {
    drawn: ProgressBar,
    of: AtomicU64,
    /// Hundredths that were told, and one more.
    told: AtomicU64,
}

impl Bar {
    /// Sets how many steps there are.
    pub fn set_length(&self, of: u64) {
        self.of.store(of, Ordering::Relaxed);
        self.drawn.set_length(of);
    }

    /// Sets how many are done.
    pub fn set_position(&self, done: u64) {
        self.drawn.set_position(done);
        if ATTENDED.load(Ordering::Relaxed) {
            let of = self.of.load(Ordering::Relaxed).max(1);
            let hundredth = done * 100 / of + 1;
            if self.told.fetch_max(hundredth, Ordering::Relaxed) < hundredth {
                crate::out::tell(&format!("progress {done}/{of}"));
            }
        }
    }

    /// Takes it away.
    pub fn finish_and_clear(&self) {
        self.drawn.finish_and_clear();
    }
}

/// A bar with a message; nothing is drawn where standard error is no terminal.
pub fn bar(message: &'static str) -> Bar {
    let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr_with_hz(8));
    if ATTENDED.load(Ordering::Relaxed) || !io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:32} {percent:>3}% {elapsed} (left {eta})")
    {
        bar.set_style(style);
    }
    bar.set_message(message);
    Bar { drawn: bar, of: AtomicU64::new(1), told: AtomicU64::new(0) }
}
