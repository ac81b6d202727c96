//! SMPP 3.4 on the wire: the few PDUs that a client writes, and those that it reads, leniently.

/// What a PDU asks or answers (SMPP 3.4, section 5.1.2.1).
pub(crate) mod command {
    pub(crate) const BIND_RECEIVER: u32 = 0x01;
    pub(crate) const BIND_TRANSMITTER: u32 = 0x02;
    pub(crate) const SUBMIT_SM: u32 = 0x04;
    pub(crate) const DELIVER_SM: u32 = 0x05;
    pub(crate) const UNBIND: u32 = 0x06;
    pub(crate) const BIND_TRANSCEIVER: u32 = 0x09;
    pub(crate) const OUTBIND: u32 = 0x0B;
    pub(crate) const ENQUIRE_LINK: u32 = 0x15;
    pub(crate) const ALERT_NOTIFICATION: u32 = 0x102;
    pub(crate) const DATA_SM: u32 = 0x103;
    /// The bit that makes an answer of a request.
    pub(crate) const RESPONSE: u32 = 0x8000_0000;
    pub(crate) const GENERIC_NACK: u32 = RESPONSE;
}

/// Optional parameters (section 5.3.2).
pub(crate) mod tag {
    pub(crate) const RECEIPTED_MESSAGE_ID: u16 = 0x001E;
    pub(crate) const SAR_MSG_REF_NUM: u16 = 0x020C;
    pub(crate) const SAR_TOTAL_SEGMENTS: u16 = 0x020E;
    pub(crate) const SAR_SEGMENT_SEQNUM: u16 = 0x020F;
    pub(crate) const NETWORK_ERROR_CODE: u16 = 0x0423;
    pub(crate) const MESSAGE_PAYLOAD: u16 = 0x0424;
    pub(crate) const MESSAGE_STATE: u16 = 0x0427;
}

/// `esm_class` and `registered_delivery` bits (sections 5.2.12 and 5.2.17).
pub(crate) mod flag {
    pub(crate) const MESSAGE_TYPE: u8 = 0b0011_1100;
    pub(crate) const SMSC_RECEIPT: u8 = 0b0000_0100;
    pub(crate) const HANDSET_RECEIPT: u8 = 0b0000_1000;
    pub(crate) const INTERMEDIATE: u8 = 0b0010_0000;
    pub(crate) const UDH: u8 = 0b0100_0000;
    pub(crate) const RECEIPT_WANTED: u8 = 0b0000_0001;
}

/// The shortest PDU: its four header fields.
pub(crate) const HEADER: usize = 16;

/// The longest PDU that is read: a `message_payload` of 64 KiB, with room for the rest.
pub(crate) const LONGEST: usize = 72 * 1024;

/// The most octets that `short_message` may hold (section 4.4.1).
pub(crate) const SHORT_MESSAGE: usize = 254;

/// The four fields that every PDU begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) length: usize,
    pub(crate) command: u32,
    pub(crate) status: u32,
    pub(crate) sequence: u32,
}

/// A length that no PDU has: nothing after it can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a PDU of {length} octets, where {HEADER} to {LONGEST} were expected")]
pub(crate) struct BadLength {
    pub(crate) length: u32,
    pub(crate) sequence: u32,
}

impl Header {
    /// The header of the first PDU in `bytes` once the whole PDU is there.
    pub(crate) fn of_complete(bytes: &[u8]) -> Result<Option<Self>, BadLength> {
        let mut reader = Reader(bytes);
        let fields = (reader.u32(), reader.u32(), reader.u32(), reader.u32());
        let (Some(length), Some(command), Some(status), Some(sequence)) = fields else {
            return Ok(None);
        };
        let bad = BadLength { length, sequence };
        let length = usize::try_from(length).map_err(|_| bad)?;
        if !(HEADER..=LONGEST).contains(&length) {
            return Err(bad);
        }
        let header = Self {
            length,
            command,
            status,
            sequence,
        };
        Ok((bytes.len() >= length).then_some(header))
    }
}

/// A message or a receipt as the SMSC delivers it, in `deliver_sm` or `data_sm`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Deliver<'a> {
    pub(crate) source: Party,
    pub(crate) destination: Party,
    pub(crate) esm_class: u8,
    pub(crate) data_coding: u8,
    pub(crate) short_message: &'a [u8],
    pub(crate) parameters: Parameters<'a>,
}

/// An address with its type of number.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) ton: u8,
    pub(crate) npi: u8,
    pub(crate) address: String,
}

impl<'a> Deliver<'a> {
    /// Reads the body of a `deliver_sm`; none when its mandatory fields are cut short.
    pub(crate) fn read_deliver_sm(body: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(body);
        let _service_type = reader.c_string()?;
        let source = reader.party()?;
        let destination = reader.party()?;
        let esm_class = reader.u8()?;
        let _protocol_id_and_priority = reader.take(2)?;
        let _schedule = reader.c_string()?;
        let _validity = reader.c_string()?;
        let _receipt_and_replace = reader.take(2)?;
        let data_coding = reader.u8()?;
        let _predefined_message = reader.u8()?;
        let length = usize::from(reader.u8()?);
        let short_message = reader.take(length)?;
        Some(Self {
            source,
            destination,
            esm_class,
            data_coding,
            short_message,
            parameters: Parameters(reader.0),
        })
    }

    /// Reads the body of a `data_sm`, whose text is always in `message_payload`.
    pub(crate) fn read_data_sm(body: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(body);
        let _service_type = reader.c_string()?;
        let source = reader.party()?;
        let destination = reader.party()?;
        let esm_class = reader.u8()?;
        let _registered_delivery = reader.u8()?;
        let data_coding = reader.u8()?;
        Some(Self {
            source,
            destination,
            esm_class,
            data_coding,
            short_message: &[],
            parameters: Parameters(reader.0),
        })
    }

    /// The text's octets: `message_payload` where there is no `short_message`.
    pub(crate) fn octets(&self) -> &'a [u8] {
        match self.parameters.get(tag::MESSAGE_PAYLOAD) {
            Some(payload) if self.short_message.is_empty() => payload,
            _ => self.short_message,
        }
    }
}

/// Optional parameters, looked up as they stand: an unknown one is passed over, and one cut short ends the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parameters<'a>(&'a [u8]);

impl<'a> Parameters<'a> {
    /// The first parameter of that tag.
    pub(crate) fn get(&self, wanted: u16) -> Option<&'a [u8]> {
        let mut reader = Reader(self.0);
        loop {
            let tag = reader.u16()?;
            let length = reader.u16()?;
            let value = reader.take(usize::from(length))?;
            if tag == wanted {
                return Some(value);
            }
        }
    }

    /// A number, whatever its length on the wire.
    pub(crate) fn number(&self, wanted: u16) -> Option<u32> {
        let octets = self.get(wanted)?;
        (1..=4)
            .contains(&octets.len())
            .then(|| octets.iter().fold(0, |sum, octet| sum << 8 | u32::from(*octet)))
    }

    /// A text, with or without the NUL that ends it.
    pub(crate) fn text(&self, wanted: u16) -> Option<String> {
        let octets = self.get(wanted)?;
        let end = octets
            .iter()
            .position(|octet| *octet == 0)
            .unwrap_or(octets.len());
        Some(String::from_utf8_lossy(&octets[..end]).trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// The SMSC's name for a message, in a `submit_sm_resp`; many leave it empty, some leave it out.
pub(crate) fn message_id(body: &[u8]) -> Option<String> {
    let end = body.iter().position(|octet| *octet == 0).unwrap_or(body.len());
    Some(String::from_utf8_lossy(&body[..end]).trim().to_owned()).filter(|id| !id.is_empty())
}

/// What a bind says of us.
pub(crate) struct Bind<'a> {
    pub(crate) system_id: &'a str,
    pub(crate) password: &'a str,
    pub(crate) system_type: &'a str,
    pub(crate) address_range: &'a str,
}

/// What a `submit_sm` carries.
pub(crate) struct Submit<'a> {
    pub(crate) source: &'a Party,
    pub(crate) destination: &'a Party,
    pub(crate) esm_class: u8,
    pub(crate) validity: &'a str,
    pub(crate) registered_delivery: u8,
    pub(crate) data_coding: u8,
    pub(crate) octets: &'a [u8],
}

/// Appends PDUs to what is to be sent.
pub(crate) struct Writer<'a>(pub(crate) &'a mut Vec<u8>);

impl Writer<'_> {
    /// A PDU without a body.
    pub(crate) fn bare(&mut self, command: u32, status: u32, sequence: u32) {
        self.pdu((command, status, sequence), |_| {});
    }

    /// The answer to a `deliver_sm` or a `data_sm`: both have an empty message id.
    pub(crate) fn delivered(&mut self, command: u32, status: u32, sequence: u32) {
        self.pdu((command | self::command::RESPONSE, status, sequence), |body| {
            body.push(0);
        });
    }

    /// One of the three binds.
    pub(crate) fn bind(&mut self, command: u32, sequence: u32, bind: &Bind<'_>) {
        self.pdu((command, 0, sequence), |body| {
            c_string(body, bind.system_id);
            c_string(body, bind.password);
            c_string(body, bind.system_type);
            body.extend([0x34, 0, 0]);
            c_string(body, bind.address_range);
        });
    }

    /// A `submit_sm`; what does not fit in `short_message` goes as `message_payload`.
    pub(crate) fn submit(&mut self, sequence: u32, submit: &Submit<'_>) {
        self.pdu((command::SUBMIT_SM, 0, sequence), |body| {
            c_string(body, "");
            for party in [submit.source, submit.destination] {
                body.extend([party.ton, party.npi]);
                c_string(body, &party.address);
            }
            body.extend([submit.esm_class, 0, 0]);
            c_string(body, "");
            c_string(body, submit.validity);
            body.extend([submit.registered_delivery, 0, submit.data_coding, 0]);
            match u8::try_from(submit.octets.len()) {
                Ok(length) if submit.octets.len() <= SHORT_MESSAGE => {
                    body.push(length);
                    body.extend_from_slice(submit.octets);
                }
                _ => {
                    let longest = usize::from(u16::MAX);
                    let octets = submit.octets.get(..longest).unwrap_or(submit.octets);
                    body.push(0);
                    body.extend(tag::MESSAGE_PAYLOAD.to_be_bytes());
                    body.extend(u16::try_from(octets.len()).unwrap_or(u16::MAX).to_be_bytes());
                    body.extend_from_slice(octets);
                }
            }
        });
    }

    fn pdu(&mut self, (command, status, sequence): (u32, u32, u32), body: impl FnOnce(&mut Vec<u8>)) {
        let start = self.0.len();
        for field in [0, command, status, sequence] {
            self.0.extend(field.to_be_bytes());
        }
        body(self.0);
        let length = u32::try_from(self.0.len() - start).unwrap_or(u32::MAX);
        self.0[start..start + 4].copy_from_slice(&length.to_be_bytes());
    }
}

/// A NUL inside would end the field early and shift all that follow, so it is left out.
fn c_string(body: &mut Vec<u8>, text: &str) {
    body.extend(text.bytes().filter(|octet| *octet != 0));
    body.push(0);
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn c_string(&mut self) -> Option<String> {
        let end = self.0.iter().position(|octet| *octet == 0)?;
        let text = self.take(end)?;
        self.take(1)?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    fn party(&mut self) -> Option<Party> {
        Some(Party {
            ton: self.u8()?,
            npi: self.u8()?,
            address: self.c_string()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A `deliver_sm` body written by hand, octet by octet, from section 4.6.1.
    fn deliver_sm(source: &[u8], parameters: &[u8]) -> Vec<u8> {
        [
            b"\0\x01\x01".as_slice(),
            source,
            b"\0\x03\x0036555\0\x04\0\0\0\0\0\0\x08\0\x02\x00A",
            parameters,
        ]
        .concat()
    }

    #[test]
    fn a_delivery_is_read_field_by_field() {
        let body = deliver_sm(b"33612345678", b"");
        let deliver = Deliver::read_deliver_sm(&body).unwrap();
        assert_eq!(deliver.source.address, "33612345678");
        assert_eq!((deliver.source.ton, deliver.source.npi), (1, 1));
        assert_eq!(deliver.destination.address, "36555");
        assert_eq!(deliver.destination.ton, 3);
        assert_eq!((deliver.esm_class, deliver.data_coding), (4, 8));
        assert_eq!(deliver.octets(), b"\x00A");
    }

    #[test]
    fn parameters_of_poor_peers_are_read_for_what_they_are() {
        let read = |parameters: &[u8]| {
            let body = deliver_sm(b"336", parameters);
            let deliver = Deliver::read_deliver_sm(&body).unwrap();
            let id = deliver.parameters.text(tag::RECEIPTED_MESSAGE_ID);
            (id, deliver.parameters.number(tag::MESSAGE_STATE))
        };
        let abc = Some("abc".to_owned());
        assert_eq!(
            read(b"\0\x1e\0\x04abc\0\x04\x27\0\x01\x02"),
            (abc.clone(), Some(2))
        );
        // An id without its NUL, a state in two octets, an unknown parameter before them.
        assert_eq!(
            read(b"\x14\x03\0\x02xy\0\x1e\0\x03abc\x04\x27\0\x02\0\x02"),
            (abc.clone(), Some(2))
        );
        // A parameter cut short, and octets that are none.
        assert_eq!(read(b"\0\x1e\0\x03abc\x04\x27\0\x09\x02"), (abc, None));
        assert_eq!(read(b"\0\0\0"), (None, None));
        assert_eq!(read(b"\x04\x27\0\0\0\x1e\0\0"), (None, None));
    }

    #[test]
    fn a_sender_of_other_letters_or_too_long_does_not_lose_the_message() {
        for source in [b"Caf\xe9".as_slice(), b"1234567890123456789012345"] {
            let body = deliver_sm(source, b"");
            assert_eq!(Deliver::read_deliver_sm(&body).unwrap().octets(), b"\x00A");
        }
    }

    #[test]
    fn a_delivery_cut_anywhere_in_its_mandatory_fields_is_none() {
        let body = deliver_sm(b"33612345678", b"");
        for end in 0..body.len() {
            assert!(Deliver::read_deliver_sm(&body[..end]).is_none(), "cut at {end}");
        }
    }

    #[test]
    fn a_header_waits_for_its_whole_pdu_and_refuses_impossible_lengths() {
        let mut pdu = Vec::new();
        Writer(&mut pdu).bare(command::ENQUIRE_LINK, 0, 7);
        for end in 0..pdu.len() {
            assert_eq!(Header::of_complete(&pdu[..end]), Ok(None), "cut at {end}");
        }
        let header = Header::of_complete(&pdu).unwrap().unwrap();
        assert_eq!((header.length, header.command, header.sequence), (16, 0x15, 7));
        for length in [0, 15, 72 * 1024 + 1, u32::MAX] {
            pdu[..4].copy_from_slice(&length.to_be_bytes());
            assert_eq!(Header::of_complete(&pdu), Err(BadLength { length, sequence: 7 }));
        }
    }
}
