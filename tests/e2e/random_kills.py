#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the shipped programs at random moments of a change, and ends what is left as a user would: with `latchkeyctl
changes`. Then there is one credential (or none, as it should be), its keys are in the keyring, the history is sound and
the database whole. Real keyring, demo service in a process of its own. Run it through private-desktop.sh.

LATCHKEY_KILL_SAMPLE: how many kills, 6 unless told otherwise; 0 for all 50.
LATCHKEY_KILL_SEED: the seed of an earlier run."""

import json
import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from desk import Desk
from main_job import BIN, Service, check_kept, fresh, select

LATENCY = 40  # Milliseconds before each answer, so that a kill falls between two requests as well.
WINDOW_EVERY = 6
STEPS = ("finish", "rollback", "leave")


def ctl(*words, keys=None, token=None):
    """Starts latchkeyctl. Keys go through the environment, which is ours alone."""
    environment = dict(os.environ)
    arguments = [os.path.join(BIN, "latchkeyctl"), *words]
    if token:
        environment["TOKEN"] = token
        arguments += ["--token-env", "TOKEN"]
    for number, (header, key) in enumerate((keys or {}).items()):
        environment[f"KEY{number}"] = key
        arguments += ["--key-env", f"{header}=KEY{number}"]
    return subprocess.Popen(arguments, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def run(*words, **more):
    process = ctl(*words, **more)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, f"{' '.join(words)} ended with {process.returncode}:\n{out}{err}"
    return out


def run_json(*words):
    return json.loads(run(*words, "--json"))


class Subject:
    """One instance, and what the service has of it."""

    def __init__(self, service, instance, headers):
        self.service, self.instance, self.headers = service, instance, headers
        self.path = f"/integration-instances/{instance['id']}/auth-credential"
        self.kept = None  # The keys of its credential, where they were entered here.

    def credential(self):
        found = self.service.get(self.path)
        return found["id"] if found else None

    def writes(self, method):
        return [body for verb, target, body in self.service.writes() if verb == method and target.endswith(self.path)]

    def posted(self):
        bodies = self.writes("POST")
        if not bodies:
            return None
        return {header["name"]: header["key"] for header in json.loads(bodies[-1])["config"]["headers"]}

    def new_keys(self):
        return {name: fresh(f"key{number}") for number, name in enumerate(self.headers)}


def is_found_by_name(subject, subjects):
    """A search for it shows nothing else."""
    return sum(subject.instance["name"] in other.instance["name"] for other in subjects) == 1


def change_words(kind, subject):
    words = ["credential", kind, "--instance", subject.instance["name"]]
    if kind != "create":
        words.append("--yes")
    return words if kind == "delete" else words + ["--watch", "0"]


def measure(kind, subject, keys):
    """How long an undisturbed change takes, from its start to its end."""
    began = time.monotonic()
    run(*change_words(kind, subject), keys=keys)
    subject.kept = keys
    return time.monotonic() - began


def kill_ctl(kind, subject, keys, moment):
    process = ctl(*change_words(kind, subject), keys=keys)
    time.sleep(moment)  # The random moment itself.
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)


def kill_window(subject, keys, moment, work):
    """Replaces in the window, up to the press of the button; from there on it lives for `moment`."""
    desk = Desk(os.path.join(BIN, "latchkey"), [], work)
    try:
        select(desk, subject.instance)
        desk.press("Replace…")
        for header, key in keys.items():
            desk.fill(desk.find("password text", contains=header), key)
        desk.press("Replace credential")
        time.sleep(moment)
        desk.process.kill()
        desk.wait()
    except BaseException:
        if desk.process.poll() is None:
            print(desk.tree(), file=sys.stderr)
        raise
    finally:
        desk.stop()


def end_what_is_left(kind, subject, keys, before, chance):
    """Answers what was done, for the report."""
    left = run_json("changes", "list")
    at_restart = subject.credential()
    if not left:
        if at_restart == before:
            return "nothing happened"
        assert (at_restart is None) == (kind == "delete"), f"{kind} left a gap that nobody knows of"
        assert kind == "delete" or subject.posted() == keys
        return "it was done"
    assert len(left) == 1, left
    unfinished = left[0]
    change = unfinished["change"]
    assert change["instance"]["id"] == subject.instance["id"], change
    assert unfinished["standing"] not in ("other", "not_known"), unfinished
    step = chance.choice([step for step in STEPS if unfinished[step]["possible"]])
    words = ["changes", step, change["id"]] + ([] if step == "leave" else ["--watch", "0", "--yes"])
    typed = None
    if step == "finish" and unfinished["finish"]["needs_keys"]:
        typed = keys
        words += [word for header in keys for word in ("--header", header)]
    run(*words, keys=typed)

    after = subject.credential()
    if step == "leave":
        assert after == at_restart
    elif step == "finish":
        assert (after is None) == (kind == "delete")
        assert kind == "delete" or subject.posted() == keys
    elif at_restart == before:
        assert after == before
    else:
        assert (after is None) == (before is None)
        assert after is None or subject.posted() == subject.kept
    return f"{change['phase']}, {unfinished['standing']}: {step}"


def check_all(subject, original):
    assert run_json("changes", "list") == []
    after = subject.credential()
    if after is None:
        subject.kept = None
    elif after != original:
        subject.kept = subject.posted()
        check_kept(subject.instance, subject.kept)
    verified = run_json("history", "verify")
    assert verified["sound"] and verified["unsealed"] == 0, verified
    database = os.path.join(os.environ["XDG_DATA_HOME"], "latchkey", "latchkey.sqlite")
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def main():
    sample = int(os.environ.get("LATCHKEY_KILL_SAMPLE") or 6) or 50
    seed = int(os.environ.get("LATCHKEY_KILL_SEED") or secrets.randbits(31))
    print(f"{sample} kills, LATCHKEY_KILL_SEED={seed}", flush=True)
    chance = random.Random(seed)
    token = "kpat_" + secrets.token_hex(20)
    with tempfile.TemporaryDirectory() as work:
        service = Service(work, token, "--latency-ms", str(LATENCY))
        try:
            run("profile", "add", "Kill", "--url", service.url, token=token)
            candidates = list(service.multi_key_instances())
            subjects = [Subject(service, instance, names) for instance, names, _ in candidates]
            first = next(subject for subject in subjects if subject.credential() is None)
            took = {"create": measure("create", first, first.new_keys()),
                    "replace": measure("replace", first, first.new_keys())}
            took["delete"] = measure("delete", first, None)
            originals = {subject.instance["id"]: subject.credential() for subject in subjects}
            for number in range(sample):
                subject = chance.choice(subjects)
                before = subject.credential()
                in_window = (number % WINDOW_EVERY == WINDOW_EVERY - 1 and before is not None
                             and is_found_by_name(subject, subjects))
                kind = "create" if before is None else "replace" if in_window else chance.choice(["replace", "delete"])
                keys = None if kind == "delete" else subject.new_keys()
                # Its writes are in the second half: what comes before them only reads.
                moment = chance.triangular(0, took[kind] * 1.1, took[kind] * 0.8)
                where = "window" if in_window else "latchkeyctl"
                told = f"{number + 1}: {kind} {subject.instance['name']} in {where}, killed after {moment * 1000:.0f} ms"
                posts, deletes = len(subject.writes("POST")), len(subject.writes("DELETE"))
                try:
                    if in_window:
                        kill_window(subject, keys, moment, work)
                    else:
                        kill_ctl(kind, subject, keys, moment)
                    # Nothing went wrong on the wire, so each write was sent once at most.
                    assert len(subject.writes("POST")) - posts <= 1 and len(subject.writes("DELETE")) - deletes <= 1
                    done = end_what_is_left(kind, subject, keys, before, chance)
                    check_all(subject, originals[subject.instance["id"]])
                except BaseException:
                    print(told, file=sys.stderr)
                    raise
                print(f"{told}: {done}", flush=True)
        finally:
            service.process.terminate()
            service.process.wait(10)
    print(f"{sample} kills, and no key was lost")


if __name__ == "__main__":
    main()
