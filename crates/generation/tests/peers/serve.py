"""serve.py MODEL: llama.cpp's HTTP server on a free port of the loopback; prints the port, and ends with its input."""

import socket
import sys

from xllamacpp import CommonParams, Server


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def main():
    parameters = CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = free_port()
    parameters.n_ctx = 4096
    parameters.n_parallel = 2
    parameters.warmup = False
    server = Server(parameters)
    print(f"listening on {parameters.port}", flush=True)
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main()
