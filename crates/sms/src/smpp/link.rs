//! One bound connection: what it reads, writes and waits for, in one task.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::connect::{Bound, CHUNK, Role, Trouble, Wire};
use super::inbound;
use super::outbound;
use super::pdu::{HEADER, Header, Writer, command, message_id};
use super::session::{Acknowledgement, Answer, Delivery, Failures, Job, Jobs, Shared};
use super::status::Status;
use super::window::Window;
use crate::message::{About, Incoming, Submission};

/// How much may wait to be written before nothing more is read or submitted: an SMSC that asks and does not listen
/// fills no memory.
const MOST_UNWRITTEN: usize = 256 * 1024;

/// How long the last octets may take, the answer to an unbind among them.
const FAREWELL: Duration = Duration::from_secs(1);

/// The highest sequence number (SMPP 3.4, section 3.2).
const LAST_SEQUENCE: u32 = 0x7FFF_FFFF;

/// How a connection ended.
pub(crate) enum Ended {
    /// We closed it.
    Closed,
    /// The SMSC closed it, in good order.
    Unbound,
    /// It broke.
    Lost(Trouble),
}

/// A connection that takes nothing more and waits for what is in flight.
#[derive(Clone, Copy)]
struct Closing {
    until: Instant,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// We close: unbind comes next.
    Ours,
    /// We close: unbind was sent.
    Unbinding,
    /// The SMSC closes: its unbind, of this number, is to be answered.
    Theirs(u32),
}

/// One bound connection.
pub(crate) struct Link<'a> {
    shared: &'a Shared,
    role: Role,
    reader: ReadHalf<Box<dyn Wire>>,
    writer: WriteHalf<Box<dyn Wire>>,
    received: Vec<u8>,
    unwritten: Vec<u8>,
    unflushed: bool,
    last_sequence: u32,
    window: Window,
    answers: mpsc::UnboundedReceiver<Answer>,
    answer: mpsc::UnboundedSender<Answer>,
    unanswered: usize,
    heard: Instant,
    enquired: bool,
    closing: Option<Closing>,
}

/// What a connection waits for.
enum Event {
    Received(std::io::Result<usize>),
    Written(std::io::Result<usize>),
    Flushed(std::io::Result<()>),
    Job(Option<Job>),
    Answer(Answer),
    Time,
    Close,
}

impl<'a> Link<'a> {
    pub(crate) fn new(shared: &'a Shared, bound: Bound) -> Self {
        let (answer, answers) = mpsc::unbounded_channel();
        let config = shared.config();
        Self {
            shared,
            role: bound.role,
            reader: bound.reader,
            writer: bound.writer,
            received: bound.received,
            unwritten: Vec::new(),
            unflushed: false,
            last_sequence: bound.last_sequence,
            window: Window::new(config.window.get(), config.timing.response),
            answers,
            answer,
            unanswered: 0,
            heard: Instant::now(),
            enquired: false,
            closing: None,
        }
    }

    /// Serves the connection until it ends; what is then in flight is ambiguous.
    pub(crate) async fn run(mut self, mut jobs: Option<&mut Jobs>, failures: &mut Failures) -> Ended {
        let ended = match self.serve(&mut jobs, failures).await {
            Ok(ended) => ended,
            Err(trouble) => {
                if let Trouble::Garbage(bad) = &trouble {
                    let nack = (command::GENERIC_NACK, Status::BAD_LENGTH.0, bad.sequence);
                    Writer(&mut self.unwritten).bare(nack.0, nack.1, nack.2);
                }
                Ended::Lost(trouble)
            }
        };
        let farewell = async {
            self.writer.write_all(&self.unwritten).await?;
            self.writer.shutdown().await
        };
        // The connection ends whether or not the last octets pass.
        timeout(FAREWELL, farewell).await.ok();
        let lost = self.window.drain();
        self.shared
            .count(|counters| counters.ambiguous += lost.len() as u64);
        for reply in lost {
            let detail = "the connection to the SMSC ended before its response".to_owned();
            reply.send(Submission::Ambiguous { detail }).ok();
        }
        ended
    }

    async fn serve(
        &mut self,
        jobs: &mut Option<&mut Jobs>,
        failures: &mut Failures,
    ) -> Result<Ended, Trouble> {
        self.read_pdus(jobs)?;
        loop {
            let now = Instant::now();
            if let Some(ended) = self.tend(now)? {
                return Ok(ended);
            }
            match self.event(jobs, now).await {
                Event::Received(read) => {
                    if read.map_err(Trouble::Broken)? == 0 {
                        return match self.closing {
                            Some(_) => Ok(self.ended()),
                            None => Err(Trouble::Closed),
                        };
                    }
                    self.heard = Instant::now();
                    self.enquired = false;
                    self.read_pdus(jobs)?;
                    failures.forget();
                }
                Event::Written(written) => {
                    self.unwritten.drain(..written.map_err(Trouble::Broken)?);
                    self.unflushed = true;
                }
                Event::Flushed(flushed) => {
                    flushed.map_err(Trouble::Broken)?;
                    self.unflushed = false;
                }
                Event::Job(Some(job)) => self.submit_with_those_behind(job, jobs),
                Event::Answer(answer) => {
                    self.write_answer(answer);
                    while let Ok(answer) = self.answers.try_recv() {
                        self.write_answer(answer);
                    }
                }
                Event::Job(None) | Event::Close => self.close(Stage::Ours),
                Event::Time => {}
            }
        }
    }

    async fn event(&mut self, jobs: &mut Option<&mut Jobs>, now: Instant) -> Event {
        let has_space = self.unwritten.len() < MOST_UNWRITTEN;
        let takes_more = has_space && self.window.has_room() && self.closing.is_none();
        let turn = jobs.as_ref().map(|jobs| jobs.pace.next());
        let job = async {
            match jobs {
                Some(jobs) if takes_more && turn.is_some_and(|turn| turn <= now) => jobs.queued.recv().await,
                _ => std::future::pending().await,
            }
        };
        let deadline = self.deadline(turn.filter(|turn| takes_more && *turn > now));
        let has_output = self.unflushed || !self.unwritten.is_empty();
        if has_space {
            self.received.reserve(CHUNK);
        }
        tokio::select! {
            read = self.reader.read_buf(&mut self.received), if has_space => Event::Received(read),
            event = write_or_flush(&mut self.writer, &self.unwritten), if has_output => event,
            job = job => Event::Job(job),
            Some(answer) = self.answers.recv() => Event::Answer(answer),
            () = sleep_until(deadline) => Event::Time,
            () = self.shared.closed(), if self.closing.is_none() => Event::Close,
        }
    }

    /// When something is due although nothing happens.
    fn deadline(&self, turn: Option<Instant>) -> Instant {
        let silence = self.shared.config().timing.enquire;
        let enquiry = self.heard + if self.enquired { silence * 2 } else { silence };
        let closing = self.closing.map(|closing| closing.until);
        let others = [turn, self.window.deadline(), closing];
        others.into_iter().flatten().fold(enquiry, Instant::min)
    }

    /// Does what is due.
    fn tend(&mut self, now: Instant) -> Result<Option<Ended>, Trouble> {
        let overdue = self.window.expire(now);
        if !overdue.is_empty() {
            self.shared
                .count(|counters| counters.ambiguous += overdue.len() as u64);
            for reply in overdue {
                let detail = "the SMSC did not respond in time".to_owned();
                reply.send(Submission::Ambiguous { detail }).ok();
            }
            if self.window.is_stuck() {
                return Err(Trouble::Stuck);
            }
        }
        let silence = self.shared.config().timing.enquire;
        if now >= self.heard + silence * 2 && self.enquired {
            return Err(Trouble::Silent);
        }
        if now >= self.heard + silence && !self.enquired {
            self.enquired = true;
            let sequence = self.next_sequence();
            Writer(&mut self.unwritten).bare(command::ENQUIRE_LINK, 0, sequence);
        }
        let Some(closing) = self.closing else {
            return Ok(None);
        };
        let is_settled = self.window.is_settled() && self.unanswered == 0;
        if !is_settled && now < closing.until {
            return Ok(None);
        }
        match closing.stage {
            Stage::Ours => {
                let sequence = self.next_sequence();
                Writer(&mut self.unwritten).bare(command::UNBIND, 0, sequence);
                self.closing = Some(Closing {
                    until: now + FAREWELL,
                    stage: Stage::Unbinding,
                });
                Ok(None)
            }
            Stage::Unbinding if now < closing.until => Ok(None),
            Stage::Unbinding => Ok(Some(Ended::Closed)),
            Stage::Theirs(sequence) => {
                Writer(&mut self.unwritten).bare(command::UNBIND | command::RESPONSE, 0, sequence);
                Ok(Some(Ended::Unbound))
            }
        }
    }

    fn close(&mut self, stage: Stage) {
        if self.closing.is_none() {
            let until = Instant::now() + self.shared.config().timing.close;
            self.closing = Some(Closing { until, stage });
        }
    }

    fn ended(&self) -> Ended {
        match self.closing.map(|closing| closing.stage) {
            Some(Stage::Theirs(_)) => Ended::Unbound,
            _ => Ended::Closed,
        }
    }

    /// Writes one submission and those that wait behind it, as far as window and pace allow, so that they share a
    /// packet.
    fn submit_with_those_behind(&mut self, first: Job, jobs: &mut Option<&mut Jobs>) {
        let Some(jobs) = jobs else { return };
        let mut next = Some(first);
        while let Some(job) = next {
            self.submit(job, jobs);
            let now = Instant::now();
            let takes_more = self.window.has_room() && jobs.pace.next() <= now;
            next = (takes_more && self.unwritten.len() < MOST_UNWRITTEN)
                .then(|| jobs.queued.try_recv().ok())
                .flatten();
        }
        self.show_window();
    }

    fn submit(&mut self, job: Job, jobs: &mut Jobs) {
        if job.reply.is_closed() {
            return;
        }
        let sequence = self.next_sequence();
        let written = outbound::write(&mut self.unwritten, sequence, self.shared.config(), &job.piece);
        if let Err(detail) = written {
            self.shared.count(|counters| counters.refused += 1);
            let detail = detail.to_owned();
            job.reply.send(Submission::Refused { detail }).ok();
            return;
        }
        let now = Instant::now();
        jobs.pace.left(now);
        self.window.put((sequence, job.piece.id), now, job.reply);
        self.shared.count(|counters| counters.submitted += 1);
    }

    fn next_sequence(&mut self) -> u32 {
        self.last_sequence = if self.last_sequence >= LAST_SEQUENCE {
            1
        } else {
            self.last_sequence + 1
        };
        self.last_sequence
    }

    fn read_pdus(&mut self, jobs: &mut Option<&mut Jobs>) -> Result<(), Trouble> {
        let received = std::mem::take(&mut self.received);
        let mut rest = received.as_slice();
        while let Some(header) = Header::of_complete(rest)? {
            let (pdu, behind) = rest.split_at(header.length);
            self.read_pdu(header, &pdu[HEADER..], jobs);
            rest = behind;
        }
        let read = received.len() - rest.len();
        self.received = received;
        self.received.drain(..read);
        self.show_window();
        Ok(())
    }

    fn read_pdu(&mut self, header: Header, body: &[u8], jobs: &mut Option<&mut Jobs>) {
        const SUBMIT_SM_RESP: u32 = command::SUBMIT_SM | command::RESPONSE;
        const UNBIND_RESP: u32 = command::UNBIND | command::RESPONSE;
        match header.command {
            SUBMIT_SM_RESP | command::GENERIC_NACK => self.read_response(header, body, jobs),
            UNBIND_RESP => {
                if let Some(closing) = &mut self.closing
                    && closing.stage == Stage::Unbinding
                {
                    closing.until = Instant::now();
                }
            }
            // Any octet heard is the answer to an enquire_link.
            other if other & command::RESPONSE != 0 => {}
            command::DELIVER_SM | command::DATA_SM if self.role.receives() => {
                self.read_delivery(header, body);
            }
            command::ENQUIRE_LINK => {
                let response = command::ENQUIRE_LINK | command::RESPONSE;
                Writer(&mut self.unwritten).bare(response, 0, header.sequence);
            }
            command::UNBIND => self.close(Stage::Theirs(header.sequence)),
            command::ALERT_NOTIFICATION | command::OUTBIND => {}
            _ => {
                let status = Status::BAD_COMMAND.0;
                Writer(&mut self.unwritten).bare(command::GENERIC_NACK, status, header.sequence);
            }
        }
    }

    fn read_response(&mut self, header: Header, body: &[u8], jobs: &mut Option<&mut Jobs>) {
        let Some(sent) = self.window.take(header.sequence) else {
            return;
        };
        let status = Status(header.status);
        let is_nack = header.command == command::GENERIC_NACK;
        let is_taken = status == Status::OK && !is_nack;
        let Some(reply) = sent.reply else {
            self.shared.count(|counters| counters.late += 1);
            if is_taken {
                let (ours, theirs) = (sent.piece, message_id(body));
                self.hand_over(Incoming::Taken { ours, theirs }, None);
            }
            return;
        };
        let outcome = if is_taken {
            if let Some(jobs) = jobs {
                jobs.pace.taken(sent.at);
            }
            self.shared.count(|counters| counters.accepted += 1);
            let id = message_id(body);
            Submission::Accepted { id }
        } else if status.is_temporary() {
            let mut after = None;
            if status.asks_to_slow_down() {
                self.shared.count(|counters| counters.throttled += 1);
                after = jobs
                    .as_mut()
                    .map(|jobs| jobs.pace.refused(sent.at, Instant::now()));
            }
            let detail = status.to_string();
            Submission::Deferred { after, detail }
        } else {
            self.shared.count(|counters| counters.refused += 1);
            let detail = if is_nack {
                format!("generic_nack, {status}")
            } else {
                status.to_string()
            };
            Submission::Refused { detail }
        };
        reply.send(outcome).ok();
    }

    fn read_delivery(&mut self, header: Header, body: &[u8]) {
        let answer = Answer {
            command: header.command,
            sequence: header.sequence,
            stored: false,
        };
        if self.closing.is_some() || self.unanswered >= self.shared.config().inbound.get() {
            self.unanswered += 1;
            self.write_answer(answer);
            return;
        }
        match inbound::read(header.command, body, self.shared.config().charset) {
            Ok(mut incoming) => {
                self.unanswered += 1;
                if let Incoming::Receipt(receipt) = &mut incoming
                    && let About::Theirs(id) = &mut receipt.about
                {
                    *id = self.shared.config().receipt_ids.as_answered(std::mem::take(id));
                }
                self.hand_over(incoming, Some(answer));
            }
            Err(unreadable) => {
                tracing::warn!(%unreadable, "SMPP: a delivery was refused");
                self.shared.count(|counters| counters.unreadable += 1);
                let (command, sequence) = (header.command, header.sequence);
                Writer(&mut self.unwritten).delivered(command, Status::PERMANENT.0, sequence);
            }
        }
    }

    fn hand_over(&self, incoming: Incoming, answer: Option<Answer>) {
        let acknowledgement = Acknowledgement {
            answer,
            answers: self.answer.clone(),
        };
        // Where the queue is full or nobody listens, the delivery comes back here, and dropping it puts it off.
        self.shared
            .deliveries
            .try_send(Delivery {
                incoming,
                acknowledgement,
            })
            .ok();
    }

    fn write_answer(&mut self, answer: Answer) {
        self.unanswered -= 1;
        let status = if answer.stored {
            Status::OK
        } else {
            Status::TEMPORARY
        };
        Writer(&mut self.unwritten).delivered(answer.command, status.0, answer.sequence);
        self.shared.count(|counters| {
            if answer.stored {
                counters.stored += 1;
            } else {
                counters.put_off += 1;
            }
        });
    }

    fn show_window(&self) {
        if self.role.sends() {
            let used = self.window.used();
            self.shared.status.send_if_modified(|status| {
                let changed = status.window_used != used;
                status.window_used = used;
                changed
            });
        }
    }
}

/// Writes what there is, or else pushes what TLS still holds back.
async fn write_or_flush(writer: &mut WriteHalf<Box<dyn Wire>>, unwritten: &[u8]) -> Event {
    if unwritten.is_empty() {
        Event::Flushed(writer.flush().await)
    } else {
        Event::Written(writer.write(unwritten).await)
    }
}
