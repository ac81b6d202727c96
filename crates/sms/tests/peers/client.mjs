// The npm package smpp as a client, for comparison: PORT WINDOW COUNT; it submits as many short texts to an SMSC on the
// loopback and prints the seconds that they took. Used by `cargo xtask bench sms`.

import smpp from 'smpp';

const [port, window, count] = process.argv.slice(2).map(Number);
const session = smpp.connect({ host: '127.0.0.1', port });
let began = 0;
let begun = 0;
let done = 0;

function submit() {
  begun += 1;
  session.submit_sm({
    source_addr: '36555', source_addr_ton: 3,
    destination_addr: '33612345678', dest_addr_ton: 1, dest_addr_npi: 1,
    data_coding: 0, short_message: "La piscine est ouverte aujourd'hui de 9 h à 18 h.",
  }, (response) => {
    if (response.command_status !== 0) process.exit(1);
    done += 1;
    if (done === count) {
      process.stdout.write(`${(performance.now() - began) / 1000}\n`, () => process.exit(0));
    } else if (begun < count) {
      submit();
    }
  });
}

session.on('error', () => process.exit(1));
session.bind_transceiver({ system_id: 'bench', password: 'secret' }, () => {
  began = performance.now();
  while (begun < Math.min(window, count)) submit();
});
