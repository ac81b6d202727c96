//! What an SMSC's `command_status` means for a piece (SMPP 3.4, section 5.1.3).

use std::fmt;

/// A `command_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Status(pub(crate) u32);

impl Status {
    pub(crate) const OK: Self = Self(0x00);
    pub(crate) const BAD_LENGTH: Self = Self(0x02);
    pub(crate) const BAD_COMMAND: Self = Self(0x03);
    pub(crate) const ALREADY_BOUND: Self = Self(0x05);
    pub(crate) const SYSTEM_ERROR: Self = Self(0x08);
    pub(crate) const BAD_PASSWORD: Self = Self(0x0E);
    pub(crate) const BAD_SYSTEM_ID: Self = Self(0x0F);
    pub(crate) const QUEUE_FULL: Self = Self(0x14);
    pub(crate) const THROTTLED: Self = Self(0x58);
    /// Try again later: what we answer when a delivery could not be stored.
    pub(crate) const TEMPORARY: Self = Self(0x64);
    /// Never try again: what we answer to what cannot be read.
    pub(crate) const PERMANENT: Self = Self(0x65);

    /// The SMSC asks to be given less.
    pub(crate) fn asks_to_slow_down(self) -> bool {
        matches!(self, Self::THROTTLED | Self::QUEUE_FULL)
    }

    /// The same piece may be taken later.
    pub(crate) fn is_temporary(self) -> bool {
        self.asks_to_slow_down() || matches!(self, Self::SYSTEM_ERROR | Self::TEMPORARY)
    }

    /// A bind refused for who we are is refused in each mode.
    pub(crate) fn is_about_the_account(self) -> bool {
        matches!(
            self,
            Self::ALREADY_BOUND | Self::BAD_PASSWORD | Self::BAD_SYSTEM_ID | Self::THROTTLED
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            0x00 => "ESME_ROK",
            0x01 => "ESME_RINVMSGLEN",
            0x02 => "ESME_RINVCMDLEN",
            0x03 => "ESME_RINVCMDID",
            0x04 => "ESME_RINVBNDSTS",
            0x05 => "ESME_RALYBND",
            0x08 => "ESME_RSYSERR",
            0x0A => "ESME_RINVSRCADR",
            0x0B => "ESME_RINVDSTADR",
            0x0D => "ESME_RBINDFAIL",
            0x0E => "ESME_RINVPASWD",
            0x0F => "ESME_RINVSYSID",
            0x14 => "ESME_RMSGQFUL",
            0x15 => "ESME_RINVSERTYP",
            0x43 => "ESME_RINVESMCLASS",
            0x45 => "ESME_RSUBMITFAIL",
            0x48 => "ESME_RINVSRCTON",
            0x49 => "ESME_RINVSRCNPI",
            0x50 => "ESME_RINVDSTTON",
            0x51 => "ESME_RINVDSTNPI",
            0x53 => "ESME_RINVSYSTYP",
            0x58 => "ESME_RTHROTTLED",
            0x62 => "ESME_RINVEXPIRY",
            0x64 => "ESME_RX_T_APPN",
            0x65 => "ESME_RX_P_APPN",
            0x66 => "ESME_RX_R_APPN",
            0xC2 => "ESME_RINVPARLEN",
            0xFF => "ESME_RUNKNOWNERR",
            other => return write!(f, "command_status {other:#010x}"),
        };
        f.write_str(name)
    }
}
