// An SMSC on loopback that puts a program under load and measures it: it delivers questions from as many telephones as
// there are questions, and notes when the last segment of each answer is submitted. A line of JSON tells the port, the
// last one the figures. Used by `cargo xtask bench sms`.
//
// Arguments: how many messages, how many a second (0 = as fast as they are acknowledged), the questions as JSON lines on
// the standard input.

import { createInterface } from 'node:readline';
import smpp from 'smpp';

const [count, perSecond] = process.argv.slice(2).map(Number);
const TOWN = '33937000000';
// Other telephones in each run: the same words from the same one would be a message brought again.
const RUN = 100 + Math.floor(Math.random() * 900);
// How many deliveries may be unanswered at once, as an SMSC's own window.
const WINDOW = 100;
const PATIENCE_MS = 60_000;

const questions = [];
for await (const line of createInterface({ input: process.stdin })) questions.push(JSON.parse(line));

const messages = new Map();
let receiver = null;
let began = 0;
let sent = 0;
let unanswered = 0;
let acknowledged = 0;
let complete = 0;
let doubled = 0;
let lastComplete = 0;

const now = () => performance.now();

function deliver() {
  const telephone = `336${RUN}${String(sent).padStart(5, '0')}`;
  const message = { at: now(), parts: new Set(), took: null };
  messages.set(telephone, message);
  sent += 1;
  unanswered += 1;
  receiver.deliver_sm({
    source_addr: telephone, source_addr_ton: 1, source_addr_npi: 1,
    destination_addr: TOWN, dest_addr_ton: 1, dest_addr_npi: 1,
    short_message: questions[(sent - 1) % questions.length],
  }, (response) => {
    unanswered -= 1;
    if (response.command_status === 0) acknowledged += 1;
    pump();
  });
}

function pump() {
  if (perSecond > 0) return;
  while (sent < count && unanswered < WINDOW) deliver();
}

function pace() {
  const due = Math.min(count, Math.floor((now() - began) / 1000 * perSecond) + 1);
  while (sent < due) deliver();
  if (sent < count) setTimeout(pace, 5);
}

function submitted(session, pdu) {
  session.send(pdu.response({ message_id: String(1_000_000 + complete * 10 + Math.floor(Math.random() * 10)) }));
  const message = messages.get(pdu.destination_addr);
  if (!message) return;
  const udh = (pdu.short_message?.udh ?? []).find((element) => element[0] === 0);
  const [total, part] = udh ? [udh[3], udh[4]] : [1, 1];
  if (message.parts.has(part)) { doubled += 1; return; }
  message.parts.add(part);
  if (message.parts.size === total) {
    lastComplete = now();
    message.took = lastComplete - message.at;
    complete += 1;
    if (complete === count) finish();
  }
}

function finish() {
  const times = [...messages.values()].map((message) => message.took).filter((took) => took !== null).sort((a, b) => a - b);
  const quantile = (share) => times[Math.round((times.length - 1) * share)] ?? null;
  process.stdout.write(`${JSON.stringify({
    sent, acknowledged, complete, doubled, seconds: (lastComplete - began) / 1000,
    median_ms: quantile(0.5), p99_ms: quantile(0.99),
  })}\n`, () => process.exit(0));
}

const server = smpp.createServer((session) => {
  const bind = (pdu) => {
    session.send(pdu.response({ system_id: 'load' }));
    if (pdu.command === 'bind_transmitter' || receiver) return;
    receiver = session;
    began = now();
    setTimeout(finish, PATIENCE_MS + (perSecond > 0 ? count / perSecond * 1000 : 0)).unref();
    if (perSecond > 0) pace(); else pump();
  };
  session.on('bind_transceiver', bind);
  session.on('bind_receiver', bind);
  session.on('bind_transmitter', bind);
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => session.send(pdu.response()));
  session.on('submit_sm', (pdu) => submitted(session, pdu));
  session.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
