#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that the window and latchkeyctl can do, with planted keys and tokens, at a service that repeats them in its
answers. Then they may be at the service and in the keyring, and nowhere else: not in a file, in a log at its most verbose,
in an export, in arguments and environments, window titles, accessible texts, the clipboard or on a message bus. Run it
through private-desktop.sh."""

import json
import os
import secrets
import subprocess
import sys
import time

import canary
import watches
from desk import Desk, until
from main_job import BIN, Service, add_profile, check_kept, enter_keys, fresh, select

ROOT = os.environ["LATCHKEY_PRIVATE_DESKTOP"]
BEGAN = time.monotonic()
# Everything that Qt and Latchkey can log, less the keyboard's own events: one line for each key that is pressed.
VERBOSE = {"QT_LOGGING_RULES": "*.debug=true;qt.qpa.*=false;qt.xkb.*=false"}
POST = {"method": "POST", "path": "/integration-instances/*/auth-credential"}
# Every POST of this run in its order, with the status of those that are refused and the keys that the refusal repeats: as
# far as they can be known, which is one key for an integration with one header, two for the others.
POSTS = [
    ("created", 400, 1), ("created",), ("replaced",), ("rolled back",),  # In the window.
    ("column",), ("column", 403, 2), ("column",),  # Three in one run; the third key is not sent yet.
    ("copied",), ("moved",),
    ("typed", 403, 2),  # In the terminal, kept nowhere.
    ("interrupted", 403, 2),
    ("typed", 422, 2), ("typed",),  # Entered again in the window.
    ("planned",),
    ("column finished",), ("interrupted finished",),  # From here on in the terminal.
    ("ctl-refused", 422, 2), ("ctl-created",), ("ctl-replaced",),
    ("ctl-run",), ("ctl-run", 403, 1), ("ctl-run",), ("ctl-run finished",),
    ("ctl-descriptor",), ("ctl copied",), ("ctl moved",),
    ("ctl-url", 403, 1), ("ctl-url",), ("ctl-planned",),
    ("ctl-imported", 403, 1), ("ctl-imported finished",),
]


class Planted:
    """The secrets of this run. A part of one is a leak too."""

    def __init__(self):
        self.all = {}

    def plant(self, name, value):
        self.all |= {name: value, f"beginning of {name}": value[:22], f"end of {name}": value[-14:]}
        return value

    def keys(self, name):
        """Enough for any instance."""
        return [self.plant(f"{name}{n}", fresh(f"{name}{n}")) for n in range(4)]

    def refusals(self, planted, token):
        return [echo(nth, post[1], planted[post[0]][:post[2]], token) for nth, post in enumerate(POSTS, 1) if post[1:]]


def echo(nth, status, keys, token):
    """A refusal that repeats what was sent, also where a text is cut."""
    said = [f"cannot use {key} with {token}" for key in keys]
    cut = [". " * ((1000 - 24) // 2) + key for key in keys]
    reasons = [{"field": "body", "rule": key, "source": "body", "reason": text}
               for key, text in zip(keys + keys, said + cut)]
    return {**POST, "nth": nth, "action": "body", "status": status,
            "body": {"status": status, "title": said[0], "instance": f"kong:trace:{keys[0]}",
                     "detail": " ".join([*said, json.dumps(keys), cut[0]]), "invalid_parameters": reasons}}


class Search:
    """Looks for the planted in all that is watched, and fails at once."""

    def __init__(self, planted, leave_out):
        self.planted = planted
        self.leave_out = leave_out
        self.read = canary.Read()

    def through(self, step, seen):
        seen = list(seen)
        if not canary.found_in(b"\n".join(data for _, data in seen), self.planted.all):
            return seen
        leaks = [f"{place}: {hit}" for place, data in seen for hit in canary.found_in(data, self.planted.all)]
        raise AssertionError(f"{step}:\n" + "\n".join(leaks[:40]))

    def files(self, step):
        leaks = canary.search_folder(ROOT, self.planted.all, self.leave_out, self.read)
        assert not leaks, f"{step}:\n" + "\n".join(leaks)


def must_see(seen, planted):
    """A watch that finds nothing at all would pass every test."""
    assert any(planted.encode() in data for _, data in seen), f"the watch does not see {planted!r}"


def check_sent(service, keys):
    """That what was entered is what was used."""
    sent = "".join(body for _, _, body in service.writes())
    for key in keys:
        assert json.dumps(key)[1:-1] in sent, f"{key[:8]}… was not sent"


class Person:
    """At the window; looks around after each step."""

    def __init__(self, desk, search, service):
        self.desk, self.search, self.service = desk, search, service

    def look(self, step):
        print(f"{time.monotonic() - BEGAN:.0f} s: {step}", flush=True)
        self.search.through(step, watches.accessible_texts(self.desk))
        self.search.through(step, watches.window_titles())
        self.search.through(step, watches.clipboard())
        self.search.through(step, watches.processes([self.desk.process.pid, self.service.process.pid]))
        self.search.files(step)

    def check_watches(self):
        desk = self.desk
        desk.fill(desk.find(name="Search instances"), "planted-in-the-open")
        must_see(watches.accessible_texts(desk), "planted-in-the-open")
        must_see(watches.window_titles(), "Latchkey")
        must_see(watches.processes([desk.process.pid]), "bin/latchkey")
        must_see(watches.processes([os.getpid()]), "LATCHKEY_PRIVATE_DESKTOP")
        for selection in ("clipboard", "primary"):
            planted = f"planted-in-{selection}"
            watches.put_into_clipboard(planted, selection)
            until(lambda: any(planted.encode() in data for _, data in watches.clipboard()), f"no watch sees {planted!r}")

    def type_keys(self, keys):
        for header, key in keys.items():
            self.desk.fill(self.desk.find("password text", contains=header), key)

    def copy_details(self):
        watches.put_into_clipboard("nothing", "clipboard")
        self.desk.press("Copy details")
        until(lambda: any(b"redacted" in data for _, data in watches.clipboard()), "the details were not copied")

    def leave(self):
        desk = self.desk
        desk.keys("Escape")

        def gone():
            if desk.sees("push button", "Discard"):
                desk.press("Discard")
            return not desk.sees("dialog")
        until(gone, "the dialog does not close")

    # What there is to do

    def create_after_a_refusal(self, instance, keys):
        desk = self.desk
        select(desk, instance)
        desk.press("New Credential…")
        self.type_keys(keys)
        self.look("typed")
        desk.press("Create credential")
        self.copy_details()
        self.look("refused")
        enter_keys(desk, keys, "Create credential")
        desk.find(contains="Key kept here")
        self.look("created")

    def reveal(self, header):
        desk = self.desk
        show = f"Key of {header}: show"
        desk.click(desk.find(name=show))
        field = desk.find("text", f"Key of {header}")
        # All that usually brings a text into a clipboard.
        desk.click(field, times=2)
        desk.keys("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+Insert", "shift+Delete")
        self.search.through("revealed", watches.clipboard())
        self.search.through("revealed", watches.window_titles())
        desk.click(desk.find(name=show))
        desk.find("password text", f"Key of {header}")
        self.look("hidden again")

    def replace(self, instance, keys):
        desk = self.desk
        select(desk, instance)
        desk.press("Replace…")
        self.type_keys(keys)
        self.reveal(next(iter(keys)))
        enter_keys(desk, keys, "Replace credential")
        desk.find(contains="Key kept here")
        self.look("replaced")

    def delete_and_roll_back(self, instance):
        desk = self.desk
        select(desk, instance)
        desk.press("Delete…")
        desk.press("Delete credential")
        desk.gone("push button", "Delete credential", limit=40)
        self.look("deleted")
        desk.press("Roll Back…")
        desk.press("Roll back")
        desk.gone("push button", "Roll back", limit=40)
        desk.find(contains="Key kept here")
        self.look("rolled back")

    def adopt(self, instance, keys):
        desk = self.desk
        select(desk, instance)
        desk.keys("alt+i")
        desk.click(desk.find("menu item", "Enter Its Keys…"))
        desk.find("dialog", contains="Enter the keys")
        enter_keys(desk, keys, "Keep keys")
        desk.find(contains="Key entered")
        self.look("adopted")

    def replace_several(self, search, keys):
        """Pastes a column, as from a sheet, and lets the run go on where one is refused."""
        desk = self.desk
        desk.fill(desk.find(name="Search instances"), search)
        desk.keys("Down", "ctrl+a")
        desk.find("label", contains=f"{len(keys)} instances selected")
        desk.keys("ctrl+shift+e")
        desk.find("dialog", contains="Replace the credentials")
        desk.click(desk.find("radio button", contains="paste a column"))
        desk.keys("Tab")
        watches.put_into_clipboard("\n".join(keys), "clipboard")
        desk.click(desk.find("push button", contains=": paste"))
        desk.find(contains=f"{len(keys)} lines, one for each instance")
        # What the user copied is the user's; from here on none of it may come back.
        watches.put_into_clipboard("nothing", "clipboard")
        desk.keys("alt+f", "Down")
        self.look("pasted")
        desk.press(f"Replace {len(keys)} credentials")
        desk.find("push button", "Close", limit=60)
        self.look("one of several refused")
        self.copy_details()
        desk.press("Copy result")
        until(lambda: any(b"Replace the credentials" in data for _, data in watches.clipboard()), "no result was copied")
        self.look("the result copied")
        desk.press("Close")
        desk.gone("dialog")

    def hand_over(self, item, act, instance, target):
        desk = self.desk
        select(desk, instance)
        desk.keys("alt+i")
        desk.click(desk.find("menu item", item))
        desk.find("dialog", contains="to another instance")
        desk.click(desk.find("list item", contains=target["display_name"]))
        self.look(f"{item} chosen")
        desk.press(act)
        desk.gone("dialog", limit=60)
        self.look(f"{item} done")

    def finish_with_typed_keys(self, instance, keys):
        """The second of those that were interrupted."""
        desk = self.desk
        desk.press("Look at them…")
        desk.find("dialog", contains="Interrupted changes")
        desk.find(contains="reached:")
        desk.keys("Home", "Down")
        desk.find(contains=f"Replace the credential of “{instance['display_name']}”")
        self.type_keys(keys)
        self.look("keys entered again")
        desk.press("Finish")
        self.copy_details()
        self.look("refused again")
        # Behind what the service had to say, and shown where it has the focus.
        desk.find("push button", "Finish").queryComponent().grabFocus()
        desk.press("Finish")
        desk.find(contains="goes on looking at it", limit=60)
        self.look("finished with entered keys")
        self.leave()

    def be_interrupted(self, instance, keys):
        desk = self.desk
        select(desk, instance)
        desk.press("Replace…")
        self.type_keys(keys)
        desk.press("Replace credential")
        self.copy_details()
        self.look("interrupted")
        self.leave()
        desk.press("Look at them…")
        desk.find("dialog", contains="Interrupted changes")
        self.look("looked at what was interrupted")
        self.leave()

    def look_at_the_dashboard(self):
        self.desk.keys("ctrl+1")
        table = self.desk.find("table", "Needs attention")
        self.desk.click(table)
        self.desk.keys("Home")
        self.desk.find(contains="Make a new")
        self.look("dashboard")

        def at_an_old_key():
            self.desk.keys("End")
            return self.desk.sees(contains="Revoke the old key of")
        until(at_an_old_key, "no old key is to be revoked", 60)
        self.look("old key")
        self.desk.press("Mark as Revoked")
        self.desk.find("check box", contains="Show what is known")
        self.look("old key ticked off")

    def choose_file(self, key, title, path):
        desk = self.desk
        desk.keys("alt+f", key)
        desk.find("dialog", title)
        desk.keys("ctrl+a")
        desk.type(path)
        desk.keys("Return")
        desk.gone("dialog", title)

    def save(self, button, title, path):
        desk = self.desk
        desk.press(button)
        desk.find("dialog", title)
        desk.keys("ctrl+a")
        desk.type(path)
        desk.keys("Return")
        until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, f"{path} was not written")
        desk.gone("dialog", title)

    def bring_configurations(self, folder, elsewhere, typed, adopted, key, foreign_key):
        """One out, one in with a key that is typed, and another tool's file that has a key."""
        desk = self.desk
        path = os.path.join(folder, "window-configuration.json")
        desk.keys("alt+f", "c")
        desk.find("dialog", "Export the configuration")
        desk.press("Copy")
        self.look("configuration shown")
        self.save("Save…", "Save the Configuration", path)
        self.leave()

        instance, (header, *_) = typed
        wanted = {"integration": instance["integration"]["name"], "name": instance["name"],
                  "credential": {"type": "multi_key_auth", "headers": [{"name": header, "source": "prompt"}]}}
        with open(path, "w") as stream:
            json.dump({"version": 1, "profiles": [{"name": "Acme", "instances": [wanted]}]}, stream)
        self.choose_file("i", "Import a Configuration", path)
        self.type_keys({header: key})
        self.look("key for a plan typed")
        desk.press("Use these keys")
        desk.find(contains="1 to replace")
        self.look("key for a plan taken")
        self.save("Save plan…", "Save the Plan", os.path.join(folder, "window-plan.json"))
        desk.press("Tick all")
        desk.press("Apply 1 row")
        desk.find("push button", "Close")
        self.save("Export results…", "Export the Results", os.path.join(folder, "window-results.csv"))
        self.look("plan applied")
        self.leave()
        check_kept(instance, {header: key})

        instance, (header, *_) = adopted
        present = self.service.get(f"/integration-instances/{instance['id']}/auth-credential")["id"]
        state = os.path.join(elsewhere, "window.tfstate")
        with open(state, "w") as stream:
            stream.write(terraform_state([(instance["id"], present, header, foreign_key)]))
        self.choose_file("i", "Import a Configuration", state)
        desk.find(contains="holds keys in clear")
        self.look("file with keys opened")
        desk.press("Show what would be done")
        desk.find(contains="1 whose keys are kept here")
        self.look("file with keys planned")
        desk.press("Apply 1 row")
        desk.find("push button", "Close")
        self.look("file with keys taken")
        self.leave()
        os.remove(state)
        check_kept(instance, {header: foreign_key})

    def export(self, folder):
        desk = self.desk
        desk.keys("ctrl+h")
        desk.find("dialog", "History")
        desk.keys("ctrl+f", "Down", "ctrl+a", "ctrl+c")
        until(lambda: any(b"\t" in data for _, data in watches.clipboard()), "no rows were copied")
        desk.press("Verify")
        desk.find(contains="as they were written")
        self.look("verified")
        for kind in ("csv", "json"):
            path = os.path.join(folder, f"window.{kind}")
            desk.press("Export…")
            desk.find("dialog", "Export the History")
            desk.keys("ctrl+a")
            desk.type(path)
            desk.keys("Return")
            until(lambda: os.path.getsize(path) > 0, f"{path} was not written")
            desk.gone("dialog", "Export the History")
        self.look("exported")
        self.leave()


WATCHING = {("credential", "create"), ("credential", "replace"), ("credential", "copy"), ("credential", "move"),
            ("changes", "finish")}


class Terminal:
    """Calls of latchkeyctl. What they print goes to files, which are searched as all others."""

    def __init__(self, folder, data):
        self.folder = folder
        self.data = data
        self.calls = 0

    def run(self, *words, typed="", variables=None, descriptors=(), fails=False):
        self.calls += 1
        place = os.path.join(self.folder, f"{self.calls:02}-{'-'.join(os.path.basename(word) for word in words[:2])}")
        if words[:2] in WATCHING:
            words += ("--watch", "0")
        with open(place + ".out", "wb") as out, open(place + ".err", "wb") as err:
            code = subprocess.run([os.path.join(BIN, "latchkeyctl"), *words, "--data-dir", self.data], stdout=out,
                                  stderr=err, input=typed.encode(), timeout=60, start_new_session=True, pass_fds=descriptors,
                                  env={**os.environ, **VERBOSE, **(variables or {})}).returncode
        with open(place + ".err", errors="replace") as stream:
            assert (code != 0) == fails, f"latchkeyctl {' '.join(words)} ended with {code}: {stream.read()[-2000:]}"
        with open(place + ".out") as stream:
            return stream.read()

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--json", **more))


def lines(keys, headers):
    return "".join(key + "\n" for key in keys[:len(headers)])


def from_variables(keys, headers):
    """Words, and the variables that they name."""
    words = [word for n, header in enumerate(headers) for word in ("--key-env", f"{header}=KEY_{n}")]
    return words, {f"KEY_{n}": key for n, key in enumerate(keys)}


def use_terminal(terminal, service, planted, token, changed, kept):
    """`changed` and `kept`: instances with a credential, and the names of their headers."""
    run = terminal.run
    run("profile", "add", "Other", "--url", service.url.replace("127.0.0.1", "localhost"), "--token-stdin",
        typed=token + "\n")
    run("profile", "list")
    run("profile", "test", "Other")
    run("profile", "set", "Other", "--token-expires", "2027-03-31")
    run("settings", "set", "expiry.soon/profile/Other", "14 d")
    run("settings", "list")
    run("profile", "remove", "Other", "--yes")
    run("instances", "list")
    run("integrations", "list")
    on_changed = ["--instance", changed[0]["name"]]

    run("credential", "delete", *on_changed, "--yes")
    refused = planted["ctl-refused"]
    run("credential", "create", *on_changed, "--key-stdin", typed=lines(refused, changed[1]), fails=True)
    terminal.json("credential", "create", *on_changed, "--key-stdin", typed=lines(planted["ctl-created"], changed[1]))
    pairs, variables = from_variables(planted["ctl-replaced"], changed[1])
    run("credential", "replace", *on_changed, *pairs, "--yes", variables=variables)
    run("credential", "show", *on_changed)
    terminal.json("credential", "show", *on_changed)
    run("credential", "adopt", "--instance", kept[0]["name"], "--key-stdin", typed=lines(planted["ctl-adopted"], kept[1]))
    run("credential", "delete", *on_changed, "--yes")
    run("changes", "list")
    terminal.json("changes", "list")
    run("history", "list")
    terminal.json("history", "list")
    terminal.json("history", "verify")
    for kind in ("csv", "json"):
        run("history", "export", os.path.join(terminal.folder, f"ctl.{kind}"))
    run("expiry", "record", *on_changed, "--lives", "90", "--owner", "Kim")
    for form in ("table", "json", "csv", "ics", "prometheus"):
        # Something has expired, so it does not end with 0.
        run("expiry", "--output", form, fails=True)
    run("keys", "list")
    # The one file with keys in it lies where all files are searched.
    bundle = os.path.join(terminal.folder, "keys.bundle")
    passphrase = planted["passphrase"][0]
    run("keys", "carry-out", bundle, "--passphrase-env", "PASSPHRASE", "--yes", variables={"PASSPHRASE": passphrase})
    run("keys", "carry-in", bundle, "--passphrase-fd", "0", typed=passphrase[1:] + "\n", fails=True)
    versions = terminal.json("keys", "list")["versions"]
    old = next(version for version in versions if version["state"] == "previous")
    run("keys", "forget", old["id"], "--yes")
    lost = Terminal(terminal.folder, terminal.data + "-lost")
    lost.calls = terminal.calls
    assert lost.json("keys", "rescue")["taken"], "nothing was rescued"
    # Without a profile no instance is known there.
    lost.run("keys", "carry-in", bundle, "--passphrase-fd", "0", typed=passphrase + "\n", fails=True)


def use_terminal_for_several(terminal, planted, instances):
    """`instances`: of one integration with one header; one more than take part in the run."""
    run = terminal.run
    names = [instance["name"] for instance, _ in instances]
    header = instances[0][1]
    each = [word for name in names[:-1] for word in ("--instance", name)]
    run("credential", "replace", *each, "--key-stdin", "--keep-going", "--yes", typed=lines(planted["ctl-run"], header),
        fails=True)
    left = [entry["change"] for entry in terminal.json("changes", "list") if entry["change"]["run"]]
    assert len(left) == 1, left
    terminal.json("changes", "finish", "--run", left[0]["run"], "--yes")
    reading, writing = os.pipe()
    os.write(writing, lines(planted["ctl-descriptor"], header).encode())
    os.close(writing)
    run("credential", "replace", "--instance", names[-1], "--key-fd", str(reading), "--yes", descriptors=(reading,))
    os.close(reading)


def use_terminal_between_two(terminal, source, target, empty):
    """The keys of `source` are kept."""
    for verb, here, there in (("copy", source, target), ("move", target, empty)):
        terminal.run("credential", verb, "--instance", here["name"], "--to", there["name"], "--yes")


def use_terminal_without_profile(terminal, service, planted, token, place):
    pairs, variables = from_variables(planted["ctl-url"], place[1])
    more = ["--instance", place[0]["name"], "--url", service.url, "--token-env", "URL_TOKEN", "--keep", "none", *pairs]
    variables["URL_TOKEN"] = token
    terminal.run("credential", "replace", *more, "--yes", variables=variables, fails=True)
    terminal.json("credential", "create", *more, variables=variables)


def use_terminal_for_a_plan(terminal, planted, place):
    file, plan = (os.path.join(terminal.folder, name) for name in ("configuration.json", "plan.json"))
    terminal.run("export")
    terminal.run("export", "--out", file)
    instance, headers = place
    _, variables = from_variables(planted["ctl-planned"], headers)
    allow = [word for name in variables for word in ("--allow-env", name)][:2 * len(headers)]
    wanted = {"integration": instance["integration"]["name"], "name": instance["name"], "credential": {
        "type": "multi_key_auth",
        "headers": [{"name": name, "source": f"env:KEY_{n}"} for n, name in enumerate(headers)]}}
    with open(file, "w") as stream:
        json.dump({"version": 1, "profiles": [{"name": "Acme", "instances": [wanted]}]}, stream)
    terminal.run("plan", "--out", plan, file, *allow, variables=variables)
    terminal.run("diff", *allow, file, variables=variables, fails=True)
    terminal.json("apply", "--yes", plan, "--watch", "0", *allow, variables=variables)
    terminal.run("diff", *allow, file, variables=variables)
    # A key where none may be.
    wanted["credential"]["headers"][0]["source"] = planted["ctl-planned"][0]
    wrong = json.dumps({"version": 1, "profiles": [{"name": "Acme", "instances": [wanted]}]})
    for command in ("plan", "diff", "apply"):
        terminal.run(command, "-", typed=wrong, fails=True)


def terraform_state(credentials):
    """`credentials`: id of the instance, id of the credential or None, header, key."""
    return json.dumps({"version": 4, "lineage": "leaks", "resources": [
        {"mode": "managed", "type": "konnect_integration_instance_auth_credential", "name": f"number_{n}",
         "instances": [{"attributes": {
             "id": credential, "integration_instance_id": instance,
             "multi_key_auth": {"config": {"headers": [{"name": header, "key": key}]}}}}]}
        for n, (instance, credential, header, key) in enumerate(credentials)]})


def use_terminal_for_other_tools(terminal, service, planted, folder, adopted, replaced):
    """`folder` may hold keys, as other tools' files do: nothing of Latchkey is written there."""
    keys = planted["ctl-imported"]
    present = service.get(f"/integration-instances/{adopted[0]['id']}/auth-credential")["id"]
    state = terraform_state([(adopted[0]["id"], present, adopted[1][0], keys[1]),
                             (replaced[0]["id"], None, replaced[1][0], keys[0])])
    file = os.path.join(folder, "terraform.tfstate")
    with open(file, "w") as stream:
        stream.write(state)
    for command in ("plan", "apply"):
        terminal.run(command, file, fails=True)
    terminal.run("import", file, "--dry-run")
    terminal.run("import", "-", "--dry-run", typed=state)
    terminal.run("import", "-", typed=state[:-40], fails=True)
    terminal.run("import", file, fails=True)  # Nobody said yes.
    terminal.run("import", file, "--yes", "--watch", "0", fails=True)  # The service refuses the new one.
    left = [entry["change"] for entry in terminal.json("changes", "list") if entry["change"]["run"]]
    assert len(left) == 1, left
    terminal.json("changes", "finish", "--run", left[0]["run"], "--yes")
    rows = terminal.json("import", file, "--yes", "--watch", "0")
    assert sorted(row["state"] for row in rows) == ["done", "done_already"], rows
    check_kept(adopted[0], {adopted[1][0]: keys[1]})
    check_kept(replaced[0], {replaced[1][0]: keys[0]})
    for form in ("json", "terraform", "pulumi"):
        terminal.run("export", "--format", form)
        terminal.run("export", "--format", form, "--out", os.path.join(terminal.folder, f"exported.{form}"))
    program = os.path.join(terminal.folder, "Pulumi.yaml")
    terminal.run("export", "--format", "pulumi", "--instance", adopted[0]["name"], "--out", program)
    terminal.run("import", program, "--yes")
    assert os.listdir(folder) == ["terraform.tfstate"], "something was written beside the file"


def finish_what_was_interrupted(terminal):
    # One whose new credential is still looked at by the window may be among them.
    unfinished = [entry["change"] for entry in terminal.json("changes", "list")]
    assert sum(change["phase"] == "deleted" for change in unfinished) == 2, unfinished
    for change in unfinished:
        terminal.run("changes", "finish", change["id"], "--yes")


def take_notifications():
    """From now on they are on the session bus."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "notifications.py")
    process = subprocess.Popen(["/usr/bin/python3", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n", "nothing takes notifications"
    return process


def main():
    os.environ.update(VERBOSE)
    secret = Planted()
    token = secret.plant("token", "kpat_" + secrets.token_hex(20))
    planted = {name: secret.keys(name) for name in (
        "created", "replaced", "adopted", "column", "typed", "interrupted", "ctl-refused", "ctl-created", "ctl-replaced",
        "ctl-adopted", "ctl-run", "ctl-descriptor", "ctl-url", "ctl-planned", "ctl-imported", "planned", "foreign", "passphrase")}
    faults = secret.refusals(planted, token)
    work = {name: os.path.join(os.environ["TMPDIR"], name) for name in ("service", "bus", "window", "ctl", "elsewhere")}
    for folder in work.values():
        os.mkdir(folder, 0o700)
    # The service and the bus have what they are sent; the latter is searched message by message. Elsewhere are the files of
    # other tools, which hold keys.
    search = Search(secret, [work["service"], work["bus"], work["elsewhere"]])
    service = Service(work["service"], token, faults=faults)
    buses, desk = [], None
    notifications = take_notifications()
    terminal = Terminal(work["ctl"], os.path.join(os.environ["XDG_DATA_HOME"], "latchkey"))
    try:
        buses.append(watches.Bus("session", watches.session_bus(), work["bus"]))
        buses.append(watches.Bus("accessibility", watches.accessibility_bus(), work["bus"]))
        candidates = list(service.multi_key_instances())
        empty = [(i, names) for i, names, credential in candidates if credential is None and len(names) == 1]
        full = [(i, names) for i, names, credential in candidates if credential is not None and len(names) == 2]

        def all_of(integration):
            return [(i, names) for i, names, credential in candidates if i["integration"]["name"] == integration and credential]

        def keys_for(place, name):
            return dict(zip(place[1], planted[name]))

        # With all that a notification can say.
        terminal.run("settings", "set", "reminders.names", "1")
        desk = Desk(os.path.join(BIN, "latchkey"), [], work["window"], VERBOSE)
        add_profile(desk, service.url, token)
        person = Person(desk, search, service)
        person.check_watches()
        person.look("profile added")
        person.create_after_a_refusal(empty[0][0], keys_for(empty[0], "created"))
        person.replace(full[0][0], keys_for(full[0], "replaced"))
        person.delete_and_roll_back(full[0][0])
        person.adopt(full[1][0], keys_for(full[1], "adopted"))
        person.replace_several("sonarqube", planted["column"][:len(all_of("sonarqube"))])
        hubs = [i for i, _ in all_of("swaggerhub")]
        person.hand_over("Copy Its Keys to…", "Copy keys", empty[0][0], hubs[0])
        person.hand_over("Move to…", "Move credential", empty[0][0], hubs[1])
        person.look_at_the_dashboard()

        pairs, variables = from_variables(planted["typed"], full[5][1])
        terminal.run("credential", "replace", "--instance", full[5][0]["name"], *pairs, "--keep", "none", "--yes",
                     variables=variables, fails=True)
        person.be_interrupted(full[2][0], keys_for(full[2], "interrupted"))
        person.finish_with_typed_keys(full[5][0], keys_for(full[5], "typed"))
        person.export(work["window"])
        person.bring_configurations(work["window"], work["elsewhere"], *all_of("traceable")[:2],
                                    planted["planned"][0], planted["foreign"][0])
        for instance in (empty[0][0], *hubs[:2]):
            check_kept(instance, keys_for(empty[0], "created"))
        check_kept(full[1][0], keys_for(full[1], "adopted"))

        finish_what_was_interrupted(terminal)
        use_terminal(terminal, service, planted, token, full[3], full[4])
        use_terminal_for_several(terminal, planted, all_of("azure-devops"))
        use_terminal_between_two(terminal, hubs[0], hubs[2], empty[0][0])
        use_terminal_without_profile(terminal, service, planted, token, all_of("dynatrace")[0])
        use_terminal_for_a_plan(terminal, planted, all_of("dynatrace")[0])
        use_terminal_for_other_tools(terminal, service, planted, work["elsewhere"], *all_of("dynatrace")[1:3])
        person.look("after latchkeyctl")
        check_sent(service, [key for post in POSTS if post[0] in planted for key in planted[post[0]][:1]])
        assert len([1 for method, _, _ in service.writes() if method == "POST"]) == len(POSTS), "other posts than planned"
        assert desk.quit() == 0, "the window ended with an error"
        search.read.clear()
        search.files("at the end")
        for bus in buses:
            bus.stop()
            seen = search.through("at the end", bus.seen())
            must_see(seen, "planted-on-the-bus")
            if bus.name == "session":
                must_see([each for each in seen if each[0].endswith(" Notify")], "(Acme)")
        must_see(seen, "planted-in-the-open")
        with open(os.path.join(work["window"], "stderr"), "rb") as log:
            assert b"qt." in log.read(), "the window logged nothing"
        # The search itself must be able to find: the record does hold the keys.
        assert canary.search_folder(work["service"], secret.all), "the search finds nothing at all"
    except BaseException:
        if desk and desk.process.poll() is None:
            print(desk.tree(), file=sys.stderr)
            desk.screenshot(os.environ.get("LATCHKEY_E2E_SHOT") or os.path.join(work["window"], "failed.png"))
        raise
    finally:
        if desk:
            desk.stop()
        for process in [service.process, notifications, *(bus.process for bus in buses)]:
            if process.poll() is None:
                process.terminate()
                process.wait(10)
    print("the keys and tokens are at the service and in the keyring, and nowhere else")


if __name__ == "__main__":
    main()
