//! The vault of personal data: SM4-GCM under keys that no database holds; everything else holds tokens and keyed digests.
//!
//! SM4 is GB/T 32907-2016, GCM is NIST SP 800-38D, the two together RFC 8998; digests are HMAC-SM3 (GB/T 32905-2016, GB/T 15852.2).
//! The duty is the personal information protection law's, articles 28, 34 and 51. Informants have a vault of their own with other keys
//! (regulation 735, article 35), which the type keeps apart: what opens personal data does not open an informant.

mod file;
mod find;
mod held;
mod mask;
mod ring;
mod seal;

pub(crate) use file::FileKey;
pub use find::{Find, finds};
pub use held::{Held, Kept, Vaults};
pub use mask::mask;
pub use ring::{KeyRing, KeySource, RingError, new_ring, with_new_key, without_key};
pub use seal::{OpenError, Plain, Sealed, Token, Vault};

use crate::{
    policy::{OpenInformant, OpenPersonalData},
    words::words,
};

words! {
    /// What a ring of keys is for.
    pub enum Purpose {
        /// Names, certificates and the like.
        Personal = "personal", "个人信息";
        /// Who informed.
        Informant = "informant", "举报人身份";
        /// What people sign in with, and which accounts are one person's.
        SignIn = "sign_in", "登录";
    }
}

words! {
    /// What kind of personal data a value is.
    pub enum Datum {
        /// Name of a person.
        Name = "name", "姓名";
        /// Number of an identity certificate.
        Certificate = "certificate", "证件号码";
        /// Telephone number.
        Phone = "phone", "电话";
        /// Address.
        Address = "address", "住址";
        /// Number of a bank card or account.
        BankCard = "bank_card", "银行账号";
        /// Anything else that points to a person.
        Other = "other", "其他";
        /// The key of a sealed file; nobody is shown it.
        FileKey = "file_key", "文件密钥";
    }
}

/// What a vault is opened for, closed: each has its own ring of keys. Personal data opens for deeds that policy allowed, the secrets of
/// sign-in for signing in alone.
pub trait Opening {
    /// The ring's purpose.
    const PURPOSE: Purpose;
}

impl Opening for OpenPersonalData {
    const PURPOSE: Purpose = Purpose::Personal;
}

impl Opening for OpenInformant {
    const PURPOSE: Purpose = Purpose::Informant;
}

/// Signing in: no policy is asked, since nobody is known yet.
#[derive(Clone, Copy, Debug)]
pub struct SignIn;

impl Opening for SignIn {
    const PURPOSE: Purpose = Purpose::SignIn;
}
