#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""seeds.py LATCHKEYCTL OUTPUT_DIR: asks the demo service for answers of each kind, and writes them as seeds to
OUTPUT_DIR/FUZZER/. What it sends is kept too, as it was read off the wire."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

TOKEN = "kpat_seeds"


class Seeds:
    def __init__(self, out, url):
        self.out, self.url = out, url

    def put(self, fuzzer, name, data):
        folder = os.path.join(self.out, fuzzer)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "wb") as stream:
            stream.write(data)

    def ask(self, method, path, name, body=None, token=TOKEN):
        """The answer's body; the exchange becomes seeds for what reads requests and problems."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Authorization": f"Bearer {token}"}, method=method)
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: {len(data or b'')}\r\n\r\n"
        self.put("httprequest", name, b"\x1f" + head.encode() + (data or b""))
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError as refusal:
            told = refusal.read()
            self.put("problem", name, f"{refusal.code}\n{refusal.headers['Content-Type']}\n\n\n".encode() + told)
            return told


def collect(seeds):
    seeds.put("page", "integrations", seeds.ask("GET", "/integrations?page[size]=100", "integrations"))
    instances = seeds.ask("GET", "/integration-instances?page[size]=100", "instances")
    seeds.put("page", "instances", instances)
    for integration in json.loads(seeds.ask("GET", "/integrations?page[size]=100", "integrations"))["data"]:
        seeds.put("integration", integration["name"], json.dumps(integration).encode())
    for instance in json.loads(instances)["data"]:
        name, path = instance["name"], f"/integration-instances/{instance['id']}"
        seeds.put("instance", name, seeds.ask("GET", path, name))
        credential = seeds.ask("GET", path + "/auth-credential", "credential-of-" + name)
        seeds.put("credential", name, credential)
        seeds.put("foreign", name, credential)
    seeds.ask("POST", path + "/auth-credential", "refused", {"type": "?", "config": {"headers": [{}]}, "more": 1})
    seeds.ask("POST", path + "/auth-credential", "not-an-object", [])
    seeds.ask("PUT", path, "method")
    seeds.ask("GET", "/integrations?page[size]=x&sort=?", "query")
    seeds.ask("GET", "/integrations", "token", token="kpat_wrong")


def main():
    program, out = sys.argv[1:]
    service = subprocess.Popen([program, "demo-service", "--port", "0", "--token-env", "SEEDS_TOKEN"], text=True,
                               stdout=subprocess.PIPE, env={**os.environ, "SEEDS_TOKEN": TOKEN})
    try:
        collect(Seeds(out, service.stdout.readline().strip()))
    finally:
        service.terminate()
        service.wait(10)


if __name__ == "__main__":
    main()
