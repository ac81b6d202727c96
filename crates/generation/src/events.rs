//! Server-sent events as OpenAI-compatible servers send them: bytes in, the data of whole events out.
//!
//! Of the format (WHATWG HTML, section 9.2) what such servers use: lines of data, ended by an empty line.

/// A longer event is no piece of an answer.
const LONGEST: usize = 1024 * 1024;

/// What was received of events that are not whole yet.
#[derive(Debug, Default)]
pub(crate) struct Events {
    line: Vec<u8>,
    data: Option<String>,
}

/// An event is longer than any piece of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl Events {
    /// Takes bytes, wherever they were cut; gives the data of the events that they complete.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLong> {
        let mut whole = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                let held = self.data.as_ref().map_or(0, String::len);
                if self.line.len() + held >= LONGEST {
                    return Err(TooLong);
                }
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = String::from_utf8_lossy(&line);
            let line = line.strip_suffix('\r').unwrap_or(&line);
            if line.is_empty() {
                whole.extend(self.data.take());
            } else if let Some(data) = line.strip_prefix("data:") {
                let data = data.strip_prefix(' ').unwrap_or(data);
                match &mut self.data {
                    None => self.data = Some(data.to_owned()),
                    Some(held) => {
                        held.push('\n');
                        held.push_str(data);
                    }
                }
            }
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn data_is_given_once_its_event_is_whole_and_the_rest_is_passed_over() {
        let mut events = Events::default();
        assert_eq!(
            events.push(b": hello\nevent: x\r\ndata: {\"a\"").unwrap(),
            [""; 0]
        );
        assert_eq!(
            events.push(b":1}\r\n\r\ndata:two\ndata: lines\n").unwrap(),
            ["{\"a\":1}"]
        );
        assert_eq!(
            events.push(b"\n\n\ndata: [DONE]\n\n").unwrap(),
            ["two\nlines", "[DONE]"]
        );
    }

    #[test]
    fn an_event_without_end_is_refused() {
        let mut events = Events::default();
        assert_eq!(events.push(&vec![b'x'; LONGEST + 1]), Err(TooLong));
        let mut events = Events::default();
        let line = b"data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n";
        assert!(
            line.repeat(20_000)
                .chunks(999)
                .any(|bytes| events.push(bytes).is_err())
        );
    }

    proptest! {
        #[test]
        fn where_bytes_are_cut_makes_no_difference(data in prop::collection::vec("[^\r\n]{0,20}", 1..6), cuts in prop::collection::vec(1usize..9, 1..40)) {
            let sent: String = data.iter().map(|data| format!("data: {data}\n\n")).collect();
            let mut events = Events::default();
            let (mut rest, mut found) = (sent.as_bytes(), Vec::new());
            for cut in cuts.iter().cycle() {
                let (now, later) = rest.split_at((*cut).min(rest.len()));
                found.extend(events.push(now).unwrap());
                rest = later;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(found, data);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _read = Events::default().push(&bytes);
        }
    }
}
