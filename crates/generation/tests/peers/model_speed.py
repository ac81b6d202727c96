"""model_speed.py MODEL THREADS: what `examples/model_speed.rs` measures, of llama.cpp's own server."""

import json
import sys
import threading
import time
import urllib.request

from xllamacpp import CommonParams, Server

from serve import free_port

TOKENS, ROUNDS = 128, 5
INSTRUCTIONS = "Tu réécris en français simple des extraits validés, pour répondre à la question d’un habitant." * 2
EXTRACT = "La piscine ouvre de 9 h à 12 h 30 le samedi ; une carte de résident coûte 25,50 € et reste valable un an. "


def listen(port, number, resident, begun, firsts):
    body = {
        "messages": [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": f"Question {number}.{resident} : {EXTRACT * 2}"},
        ],
        "stream": True,
        "temperature": 0,
        "max_tokens": TOKENS,
        "ignore_eos": True,
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/chat/completions",
        json.dumps(body).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as reply:
        for line in reply:
            delta = json.loads(line[6:])["choices"] if line.startswith(b"data: {") else []
            if delta and delta[0]["delta"].get("content") and resident not in firsts:
                firsts[resident] = time.monotonic() - begun


def fastest(port, residents):
    first, per_second = float("inf"), 0.0
    for number in range(ROUNDS):
        firsts = {}
        begun = time.monotonic()
        threads = [
            threading.Thread(target=listen, args=(port, number, resident, begun, firsts)) for resident in range(residents)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - begun
        first = min(first, max(firsts.values()))
        per_second = max(per_second, TOKENS * residents / seconds)
    return first, per_second


def main():
    parameters = CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = free_port()
    parameters.n_ctx = 9 * 1024
    parameters.n_parallel = 8
    parameters.kv_unified = True
    parameters.cpuparams.n_threads = int(sys.argv[2])
    parameters.cpuparams_batch.n_threads = int(sys.argv[2])
    server = Server(parameters)
    for residents in (1, 8):
        first, per_second = fastest(parameters.port, residents)
        print(f"llama.cpp {residents} {first * 1e3:.1f} {per_second:.1f}", flush=True)
    del server


if __name__ == "__main__":
    main()
