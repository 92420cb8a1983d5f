//! Words of closed lists: each has a name for data files and a Chinese word for what supervisors read.

/// A closed list of words.
pub trait Word: Copy + Sized + 'static {
    /// All of them, with their names in data files and their Chinese words.
    const ALL: &'static [(Self, &'static str, &'static str)];

    /// The word of that name in a data file.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(word, _, _)| *word)
    }

    /// All names, for a message.
    fn names() -> String {
        Self::ALL.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

/// Declares an enumeration that is a [`Word`], with `name()` and `title()`.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal, $title:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $type {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl $crate::words::Word for $type {
            const ALL: &'static [(Self, &'static str, &'static str)] =
                &[$((Self::$variant, $name, $title)),*];
        }

        impl $type {
            /// The name in data files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The Chinese word.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }
        }
    };
}

pub(crate) use words;
