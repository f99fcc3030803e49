#!/usr/bin/env python3
"""A client as they exist: talks to the kernel with nothing but sockets, the way the original's evaluator did.

It pings, loads a model by path, then sends each prompt on a connection of its own: the header and the body in separate
packets, the prompt with a complete Llama 3 template. It gives up when the first byte takes longer than 55 s, when the
stream pauses for more than 6 s, or when the end marker does not arrive whole in one frame.

usage: evaluator.py HOST PORT MODEL_PATH < prompts (one per line)     prints one JSON object per prompt
"""
import json
import re
import socket
import sys
import time

FIRST_BYTE_SECONDS = 55.0
PAUSE_SECONDS = 6.0
TEMPLATE = (
    "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n{}<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n"
)


class Connection:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=FIRST_BYTE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, verb, body, agent="1"):
        self.socket.sendall(f"{verb} {agent} {len(body)}\n".encode())
        time.sleep(0.02)  # two packets, as a client on a real network would send them
        if body:
            self.socket.sendall(body)

    def _fill(self):
        data = self.socket.recv(65536)
        if not data:
            raise SystemExit("the kernel closed the connection")
        self.buffer += data

    def _line(self):
        while b"\r\n" not in self.buffer:
            self._fill()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode()

    def _bytes(self, count):
        while len(self.buffer) < count:
            self._fill()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def frame(self):
        kind, code, length = self._line().split(" ")
        return kind, code, self._bytes(int(length))


def ask(host, port, verb, body=b""):
    connection = Connection(host, port)
    connection.send(verb, body)
    kind, code, payload = connection.frame()
    connection.socket.close()
    if kind != "+OK":
        raise SystemExit(f"{verb} was refused: {code} {payload.decode()}")
    return payload.decode()


def generate(host, port, prompt):
    connection = Connection(host, port)
    started = time.monotonic()
    connection.send("EXEC", TEMPLATE.format(prompt).encode())
    kind, code, payload = connection.frame()
    if kind != "+OK":
        raise SystemExit(f"EXEC was refused: {code} {payload.decode()}")
    pid = int(re.fullmatch(r"Process Started PID: (\d+)", payload.decode()).group(1))
    text, first, longest_pause, last = b"", None, 0.0, time.monotonic()
    while True:
        kind, code, payload = connection.frame()
        now = time.monotonic()
        longest_pause, last = max(longest_pause, now - last), now
        if (kind, code) != ("DATA", "raw"):
            raise SystemExit(f"expected a data frame, got {kind} {code}")
        payload.decode()  # a frame never splits a character
        if re.fullmatch(rb"\n\[PROCESS_FINISHED pid=%d[^\]]*\]\n" % pid, payload):
            break
        if payload and first is None:
            first = now - started
            connection.socket.settimeout(PAUSE_SECONDS)
        text += payload
    connection.socket.close()
    return {"prompt": prompt, "pid": pid, "text": text.decode(), "first_byte_s": first, "longest_pause_s": longest_pause}


def main():
    host, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    assert ask(host, port, "PING") == "PONG"
    loaded = ask(host, port, "LOAD", path.encode())
    assert loaded.startswith("Master Model Loaded. family="), loaded
    for line in sys.stdin:
        print(json.dumps(generate(host, port, line.rstrip("\n"))), flush=True)


main()
