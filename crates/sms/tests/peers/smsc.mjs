// An SMSC on loopback, made of the npm package smpp: told what to do by lines of JSON, telling what happened by others.
// It ends when its standard input does, so that it cannot outlive the test that started it.

import { createInterface } from 'node:readline';
import smpp from 'smpp';

const settings = {
  // The status of each bind, by its command; 0 accepts.
  bind: {},
  // What submissions are answered with: a status, or null for no answer.
  status: 0,
  // So many submissions are answered with ESME_RTHROTTLED first.
  throttle: 0,
  // Milliseconds before an answer.
  delay: 0,
  // How message ids are written: "decimal", "hexadecimal", "empty".
  ids: 'decimal',
  // When a receipt follows a submission: "never", "early" (before its answer), "late".
  receipts: 'never',
  // Whether each submission is told, or only counted.
  tell: true,
  ...JSON.parse(process.argv[2] ?? '{}'),
};
const sessions = new Set();
let submits = 0;
let inFlight = 0;
let mostInFlight = 0;
let lastId = 6698;

function tell(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function receiptFor(pdu, id) {
  return {
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
    short_message: {
      message: `id:${id} sub:001 dlvrd:001 submit date:2611230230 done date:2611230231 stat:DELIVRD err:000 text:`,
    },
  };
}

function onSubmit(session, pdu) {
  submits += 1;
  inFlight += 1;
  mostInFlight = Math.max(mostInFlight, inFlight);
  if (settings.tell) {
    const { message, udh } = pdu.short_message ?? {};
    tell({
      event: 'submit',
      from: [pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr],
      to: [pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr],
      text: pdu.message_payload?.message ?? message,
      udh: (udh ?? []).map((element) => element.toString('hex')),
      data_coding: pdu.data_coding,
      esm_class: pdu.esm_class,
      // The package turns a relative time into an instant.
      validity_minutes: Math.round((pdu.validity_period - Date.now()) / 60_000),
      registered_delivery: pdu.registered_delivery,
    });
  }
  if (settings.throttle > 0) {
    settings.throttle -= 1;
    inFlight -= 1;
    session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
    return;
  }
  if (settings.status === null) {
    return;
  }
  lastId += 1;
  const id = { decimal: String(lastId), hexadecimal: lastId.toString(16).toUpperCase(), empty: '' }[settings.ids];
  if (settings.receipts === 'early') {
    session.deliver_sm(receiptFor(pdu, lastId));
  }
  const answer = () => {
    inFlight -= 1;
    session.send(pdu.response({ command_status: settings.status, message_id: id }));
    if (settings.receipts === 'late') {
      session.deliver_sm(receiptFor(pdu, lastId));
    }
  };
  if (settings.delay > 0) {
    setTimeout(answer, settings.delay);
  } else {
    answer();
  }
}

function onSession(session) {
  session.receives = false;
  session.on('error', () => session.destroy());
  session.on('close', () => {
    sessions.delete(session);
    tell({ event: 'closed' });
  });
  session.on('pdu', (pdu) => {
    if (pdu.command.startsWith('bind_') && !pdu.command.endsWith('_resp')) {
      const status = settings.bind[pdu.command] ?? 0;
      tell({
        event: 'bind',
        command: pdu.command,
        system_id: pdu.system_id,
        password: pdu.password,
        interface_version: pdu.interface_version,
      });
      if (status === 0) {
        session.receives = pdu.command !== 'bind_transmitter';
        sessions.add(session);
      }
      session.send(pdu.response({ command_status: status, system_id: 'npm' }));
    } else if (pdu.command === 'submit_sm') {
      onSubmit(session, pdu);
    } else if (pdu.command === 'enquire_link') {
      tell({ event: 'enquire_link' });
      if (settings.answer_enquire_link !== false) {
        session.send(pdu.response());
      }
    } else if (pdu.command === 'unbind') {
      tell({ event: 'unbind' });
      session.send(pdu.response(), () => session.close());
    } else {
      tell({ event: pdu.command, status: pdu.command_status, sequence: pdu.sequence_number });
    }
  });
}

// Octets come as {"hex": "…"}, since JSON has none.
function octets(value) {
  return value?.hex === undefined ? value : Buffer.from(value.hex, 'hex');
}

const orders = {
  set: (changes) => {
    Object.assign(settings, changes);
    tell({ event: 'done' });
  },
  deliver: (pdu) => {
    if (pdu.short_message) {
      pdu.short_message = { ...pdu.short_message, message: octets(pdu.short_message.message) };
      if (pdu.short_message.udh) {
        pdu.short_message.udh = octets(pdu.short_message.udh);
      }
    }
    const receiver = [...sessions].find((session) => session.receives);
    const { command = 'deliver_sm', mark, ...fields } = pdu;
    const sent = receiver?.[command](fields, (answer) => tell({ event: 'answer', mark, status: answer.command_status }));
    if (!sent) {
      tell({ event: 'answer', mark, status: null });
    }
  },
  raw: (hex) => sessions.forEach((session) => session.socket.write(Buffer.from(hex, 'hex'))),
  enquire: () => sessions.forEach((session) => session.enquire_link(() => tell({ event: 'alive' }))),
  unbind: () => sessions.forEach((session) => session.unbind()),
  drop: () => sessions.forEach((session) => session.destroy()),
  count: () => tell({ event: 'count', submits, mostInFlight }),
};

const server = smpp.createServer(settings.tls ?? {}, onSession);
server.listen(0, '127.0.0.1', () => tell({ event: 'listening', port: server.address().port }));

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  for (const [order, value] of Object.entries(JSON.parse(line))) {
    orders[order](value);
  }
});
input.on('close', () => process.exit(0));
