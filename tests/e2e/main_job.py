#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job as an admin does it, with the real window, the real keyring and the demo service behind a normal profile:
set up a profile, create a credential, replace another, by typing and clicking. Then the keys must be at the service and
in the keyring, and nowhere else. Run it through private-desktop.sh."""

import base64
import json
import os
import secrets
import subprocess
import sys
import tempfile
import urllib.request

import canary
import keyring
from desk import Desk, until

BIN = os.environ["LATCHKEY_BIN"]


def fresh(name):
    # A quote and a backslash, so that the escaped spelling is not the plain one.
    return f'{name}-"\\{secrets.token_hex(12)}'


class Service:
    """The demo service in a process of its own, and what it can be asked from outside."""

    def __init__(self, work, token, *options, faults=()):
        self.record = os.path.join(work, "record.jsonl")
        self.token = token
        plan = os.path.join(work, "faults.json")
        with open(plan, "w") as stream:
            json.dump(list(faults), stream)
        self.process = subprocess.Popen(
            [os.path.join(BIN, "latchkeyctl"), "demo-service", "--port", "0", "--token-env", "SERVICE_TOKEN",
             "--record", self.record, "--faults", plan, *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "SERVICE_TOKEN": token}, text=True)
        line = self.process.stdout.readline()
        self.url = next(word for word in line.split() if word.startswith("http")).rstrip(".")

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {self.token}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def writes(self):
        with open(self.record) as stream:
            requests = [json.loads(line) for line in stream]
        return [(entry["method"], entry["target"], entry.get("body") or "") for entry in requests
                if entry["method"] in ("POST", "DELETE")]

    def multi_key_instances(self):
        """(instance, headers, credential or None) of every instance whose integration takes header keys."""
        headers = {}
        for integration in self.get("/integrations?page[size]=100")["data"]:
            authorization = integration["authorization"] or {}
            if authorization.get("type") == "multi_key_auth":
                headers[integration["name"]] = [header["name"] for header in authorization["config"]["headers"]]
        for instance in self.get("/integration-instances?page[size]=100")["data"]:
            names = headers.get(instance["integration"]["name"])
            if names:
                yield instance, names, self.get(f"/integration-instances/{instance['id']}/auth-credential")


def add_profile(desk, url, token):
    desk.press("Add a Profile…")
    desk.find("dialog", contains="rofile")
    desk.fill(desk.find("text", "Name"), "Acme")
    desk.click(desk.find("radio button", contains="URL of its own"))
    desk.fill(desk.find("text", "URL"), url)
    desk.fill(desk.find(name="Token", role="password text"), token)
    desk.press("Test connection")
    desk.find(contains="works")
    desk.press("Add profile")
    desk.gone("dialog", contains="rofile")


def select(desk, instance):
    desk.fill(desk.find(name="Search instances"), instance["name"])
    table = desk.find("table", "Integration instances")  # The dashboard has cells with the same names.
    desk.click(desk.find("table cell", contains=instance["display_name"], inside=table))
    desk.find(name=instance["display_name"], role="label")


def enter_keys(desk, keys, act):
    for header, key in keys.items():
        desk.fill(desk.find("password text", contains=header), key)
    desk.press(act)
    desk.gone("push button", act, limit=40)


def check_posted(service, instance, keys, methods):
    path = f"/integration-instances/{instance['id']}/auth-credential"
    seen = [(method, body) for method, target, body in service.writes() if target.endswith(path)]
    assert [method for method, _ in seen] == methods, seen
    posted = json.loads(seen[-1][1])["config"]["headers"]
    assert {header["name"]: header["key"] for header in posted} == keys, "other keys were sent"


def entries():
    """What the keyring's entries say, as JSON; QtKeychain keeps bytes as base64."""
    for _, value in keyring.secrets():
        for text in (value, base64.b64decode(value, validate=False)):
            try:
                yield json.loads(text)
            except ValueError:
                continue


def check_kept(instance, keys):
    for entry in entries():
        text = json.dumps(entry)
        if instance["id"] in text and all(base64.b64encode(key.encode()).decode() in text for key in keys.values()):
            return
    raise AssertionError(f"the keys of {instance['name']} are not in the keyring")


def main():
    token = "kpat_" + secrets.token_hex(20)
    planted = {"token": token}
    with tempfile.TemporaryDirectory() as work:
        service = Service(work, token)
        heard = os.path.join(work, "heard")
        witness = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__), "earwitness.py"), heard],
                                   stdout=subprocess.PIPE, text=True)
        assert witness.stdout.readline() == "listening\n"
        desk = None
        try:
            candidates = list(service.multi_key_instances())
            empty = next((i, names) for i, names, credential in candidates if credential is None)
            full = next((i, names) for i, names, credential in candidates if credential is not None)

            desk = Desk(os.path.join(BIN, "latchkey"), [], work)
            add_profile(desk, service.url, token)

            created = {name: fresh(f"created{n}") for n, name in enumerate(empty[1])}
            select(desk, empty[0])
            desk.press("New Credential…")
            enter_keys(desk, created, "Create credential")
            desk.find(contains="Key kept here")

            replaced = {name: fresh(f"replaced{n}") for n, name in enumerate(full[1])}
            select(desk, full[0])
            desk.press("Replace…")
            desk.find(contains="no way back")
            enter_keys(desk, replaced, "Replace credential")
            desk.find(contains="Key kept here")

            check_posted(service, empty[0], created, ["POST"])
            check_posted(service, full[0], replaced, ["DELETE", "POST"])
            check_kept(empty[0], created)
            check_kept(full[0], replaced)

            for keys in (created, replaced):
                planted |= {f"key of {name} {value[:9]}": value for name, value in keys.items()}
            leaks = canary.search_process(desk.process.pid, planted)
            places = [os.environ["HOME"], os.environ["XDG_RUNTIME_DIR"]]
            for place in places:  # While it runs: the write-ahead log is there.
                leaks += canary.search_folder(place, planted)
            leaks += [f"on the screen: {hit}" for text in desk.texts() for hit in canary.found_in(text.encode(), planted)]
            with open(heard, "rb") as stream:
                announced = stream.read()
            assert b"Acme" in announced, "the witness heard nothing that was typed in the open"
            leaks += [f"on the accessibility bus: {hit}" for hit in canary.found_in(announced, planted)]
            assert desk.quit() == 0, "the window ended with an error"
            for place in places:
                leaks += canary.search_folder(place, planted)
            for stream in ("stdout", "stderr"):
                leaks += canary.search_folder(os.path.join(work, stream), planted)
                with open(os.path.join(work, stream), "rb") as file:
                    leaks += [f"{stream}: {hit}" for hit in canary.found_in(file.read(), planted)]
            assert not leaks, "\n".join(leaks)
            # The search itself must be able to find: the record does hold the keys.
            assert canary.search_folder(work, planted), "the search finds nothing at all"
        except BaseException:
            if desk and desk.process.poll() is None:
                print(desk.tree(), file=sys.stderr)
                desk.screenshot(os.environ.get("LATCHKEY_E2E_SHOT") or os.path.join(work, "failed.png"))
            raise
        finally:
            if desk:
                desk.stop()
            for process in (witness, service.process):
                process.terminate()
                process.wait(10)
    print("created and replaced; the keys are at the service and in the keyring, and nowhere else")


if __name__ == "__main__":
    main()
