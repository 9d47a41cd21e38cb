#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the window in its states. Run by screenshots.sh, inside private-desktop.sh.

screenshots.py OUTPUT_DIR THEME SIZE all|main [SCENE…]. A scene starts programs of its own; one that fails is told and
the others go on, so that one lost widget does not cost all the pictures."""

import json
import os
import subprocess
import sys
import tempfile
import time
import traceback

import pyatspi

from desk import Desk, until

BIN = os.environ["LATCHKEY_BIN"]
TOKEN = "kpat_demo0123456789"


class Service:
    """The demo service in a process of its own."""

    def __init__(self, work, *options, faults=None, port=0):
        options = list(options)
        if faults:
            name = os.path.join(work, "faults.json")
            with open(name, "w") as stream:
                json.dump(faults, stream)
            options += ["--faults", name]
        self.process = subprocess.Popen([os.path.join(BIN, "latchkeyctl"), "demo-service", "--port", str(port), *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.url = next(word for word in line.split() if word.startswith("http")).rstrip(".")
        self.port = int(self.url.split(":")[2].split("/")[0])

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Window(Desk):
    """The window, and the pictures of it."""

    def __init__(self, stage, *arguments, environment=None):
        self.stage = stage
        self.place = tempfile.mkdtemp(dir=stage.work)
        super().__init__(os.path.join(BIN, "latchkey"), ["--theme", stage.theme, "--announce", *arguments], self.place,
                         environment)
        stage.opened.append(self)

    def announced(self, word, limit=60):
        def said():
            with open(os.path.join(self.place, "stdout")) as stream:
                return any(line.startswith(word) for line in stream)
        until(said, f"the window does not say {word}", limit)
        return self

    def picture(self, name, full=True):
        """What is on the screen once it no longer changes; a blinking caret or a running line does not hold it up."""
        if full and not self.stage.all:
            return
        path = os.path.join(self.stage.out, f"{self.stage.prefix}-{name}.png")
        before = None
        for _ in range(6):
            self.screenshot(path)
            now = subprocess.run(["identify", "-format", "%#", path], check=True, capture_output=True, timeout=30).stdout
            if now == before:
                break
            before = now
            time.sleep(0.1)

    def search(self, text):
        self.keys("ctrl+f", "ctrl+a", "BackSpace")
        if text:
            self.type(text)

    def select(self, name, title):
        self.search(name)
        until(lambda: self._find("table", None, "", None, True).childCount <= 60, f"no search for {name}")
        self.keys("Down")
        self.find("label", title)

    def dialog(self, contains):
        def look():
            for child in self.application():
                if child.getRoleName() in ("dialog", "alert") and contains in child.name:
                    return child
            return None
        return until(look, f"no dialog {contains!r}")

    def no_dialog(self):
        until(lambda: all(child.getRoleName() not in ("dialog", "alert") for child in self.application()),
              "the dialog stays")

    def leave(self):
        """Closes the dialog, whatever was typed in it."""
        self.keys("Escape")

        def gone():
            boxes = [child for child in self.application() if child.getRoleName() in ("dialog", "alert")]
            if boxes:
                discard = self._find("push button", "Discard", None, boxes[0], True)
                if discard:
                    self.click(discard)
            return not boxes
        until(gone, "the dialog does not close")

    def menu_at(self, node, x, y):
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        self._xdotool(*self.move(box.x + x, box.y + y), "click", "3")
        self.find("menu item", contains="")


# A table is walked over, not into.
Desk.widest_table = 0


class Stage:
    def __init__(self, out, theme, size, extent, work):
        self.out, self.theme, self.size, self.work = out, theme, size, work
        self.prefix = f"{theme}-{size}"
        self.all = extent == "all"
        self.opened = []
        self.services = []

    def window(self, *arguments, **more):
        return Window(self, *arguments, **more)

    def service(self, *options, **more):
        made = Service(tempfile.mkdtemp(dir=self.work), *options, **more)
        self.services.append(made)
        return made

    def data(self):
        return os.path.join(tempfile.mkdtemp(dir=self.work), "data")

    def profile(self, data, name, url, *options):
        subprocess.run([os.path.join(BIN, "latchkeyctl"), "profile", "add", name, "--url", url, "--token-env", "TOKEN",
                        "--data-dir", data, *options], check=True, stdout=subprocess.DEVNULL, timeout=60,
                       env={**os.environ, "TOKEN": TOKEN})

    def clear(self):
        for window in self.opened:
            window.stop()
        for service in self.services:
            service.stop()
        self.opened, self.services = [], []


# The scenes


def demo_pages(stage):
    window = stage.window("--demo").announced("ready")
    window.keys("ctrl+2")
    window.picture("main", full=False)
    window.select("datadog-eu-production", "Datadog EU production")
    window.search("")
    window.picture("selected", full=False)
    window.click(window.find("label", "Overview"))
    window._xdotool("click", "--repeat", "20", "5")
    window.picture("selected-scrolled", full=False)
    window.select("datadog-ap-production", "Datadog APAC production")
    window.picture("missing-permissions", full=False)
    window.select("datadog-checkout", "Datadog checkout team")
    window.picture("tainted")
    window.select("slack-incidents", "Slack incidents")
    window.picture("no-credential")
    window.select("gateway-manager", "Gateway Manager")
    window.picture("built-in")
    window.select("traceable-partner", "Traceable partner APIs")
    window.picture("unknown-type")
    window.search("datadog")
    window.picture("search")
    window.search("zebra")
    window.find(contains="Nothing matches")
    window.picture("search-nothing", full=False)
    window.search("")
    for number, name in enumerate(["all", "attention", "expired", "expiring", "tainted", "missing", "none", "no-expiry",
                                   "not-checked"], 2):
        window.keys(f"ctrl+{number % 10}")
        window.picture(f"view-{name}", full=name != "attention")
    window.keys("ctrl+2")
    table = window.find("table")
    window.click(table)
    window.keys("Home", "shift+Down", "shift+Down", "shift+Down")
    window.picture("several-selected")
    window.menu_at(table, 120, 60)
    window.picture("context-menu", full=False)
    window.keys("Escape")
    window.menu_at(table, 120, 10)
    window.picture("column-menu")
    window.keys("Escape")
    # The menu is also in the File menu, where AT-SPI looks for it in vain; the keys reach it in order after the click.
    window.press("Profiles")
    window.keys("Down", "Down", "Right")
    window.picture("profile-menu")
    window.keys("Escape", "Escape")
    for mnemonic, name in (("alt+f", "file"), ("alt+i", "instance"), ("alt+v", "view")):
        window.keys(mnemonic)
        window.find("menu item", contains="")
        window.picture(f"menu-{name}")
        window.keys("Escape", "Escape")
    window.keys("alt+h", "Down", "Return")
    window.dialog("About")
    window.picture("about", full=False)
    window.leave()


def dashboard(stage):
    window = stage.window("--demo").announced("ready")
    window.picture("dashboard", full=False)
    window.click(window.find(name="Timeline of what expires"))
    window.keys("Home", "Return")
    window.find(contains="Only: ")
    window.picture("dashboard-narrowed", full=False)
    window.keys("ctrl+1", *["Tab"] * 10)
    window.picture("dashboard-keyboard", full=False)
    window.keys("Tab", "Down", "Down", "Down")
    window.find(contains="Make a new")
    window.picture("dashboard-attention", full=False)
    window.keys("Menu")
    # Qt shows AT-SPI no popup that stands by itself; the picture waits for it.
    window.picture("dashboard-menu")
    window.keys("Escape", "ctrl+1")
    for number in range(3):
        # Beside the tables, which scroll in themselves.
        window._xdotool(*window.move(222, 300), "click", "--repeat", "6", "5")
        window.picture(f"dashboard-scrolled-{number + 1}", full=False)
    window.keys("alt+t", "ctrl+1")
    window.find("table", "What expires when")
    window.picture("dashboard-table", full=False)


def demo_credentials(stage):
    window = stage.window("--demo").announced("ready")

    def edit(name, title, keys, heading):
        window.select(name, title)
        window.keys(keys)
        return window.dialog(heading)

    box = edit("swaggerhub-sandbox", "SwaggerHub sandbox", "ctrl+n", "New credential")
    window.picture("new-one-header")
    window.leave()
    box = edit("datadog-eu-production", "Datadog EU production", "ctrl+shift+e", "Replace")
    window.picture("replace-way-back", full=False)
    fields = [node for node in window._walk(box) if node.getRoleName() == "password text"]
    window.fill(fields[0], " 0123456789abcdef0123456789abcdef ")
    window.fill(fields[1], "Bearer Bearer 0123")
    window.picture("key-warnings", full=False)
    window.leave()
    edit("datadog-ap-production", "Datadog APAC production", "ctrl+shift+e", "Replace")
    window.picture("replace-no-way-back")
    window.leave()
    edit("aws-sandbox", "AWS API Gateway sandbox", "ctrl+n", "New credential")
    window.picture("aws-role")
    window.type("arn:aws:iam::12:role")
    window.picture("aws-role-wrong")
    window.leave()
    edit("slack-incidents", "Slack incidents", "ctrl+n", "New credential")
    window.picture("oauth")
    window.leave()
    edit("github-acme-labs", "GitHub acme-labs", "ctrl+shift+e", "Replace")
    window.picture("github-app")
    window.leave()
    edit("datadog-eu-production", "Datadog EU production", "ctrl+Delete", "Delete")
    window.picture("delete", full=False)
    window.leave()
    if not stage.all:
        return
    for key, name in (("demo-tainted", "not-healthy-tainted"), ("demo-noscope", "not-healthy-permission")):
        box = edit("datadog-staging", "Datadog staging", "ctrl+shift+e", "Replace")
        fields = [node for node in window._walk(box) if node.getRoleName() == "password text"]
        window.fill(fields[0], key + "-0123456789")
        window.fill(fields[1], "0123456789")
        window.press("Replace credential", inside=box)
        window.find("push button", "Close", inside=box, limit=40)
        window.picture(name)
        window.leave()


def free_rows(stage):
    if not stage.all:
        return
    faults = [{"method": "GET", "path": "/integrations*", "action": "status", "status": 500}]
    service, data = stage.service(faults=faults), stage.data()
    stage.profile(data, "Acme", service.url)
    window = stage.window("--data-dir", data).announced("ready", 90)
    window.picture("catalog-not-read")
    window.select("swaggerhub-sandbox", "SwaggerHub sandbox")
    window.keys("ctrl+n")
    window.dialog("New credential")
    window.picture("free-rows")
    window.press("Add header")
    window.type("Authorization")
    window.keys("Tab")
    window.type("Bearer Bearer 12")
    window.picture("free-rows-two")


def first_run(stage):
    service = stage.service()
    window = stage.window("--data-dir", stage.data()).announced("ready")
    window.picture("first-run", full=False)
    window.press("Add a Profile…")
    box = window.dialog("profile")
    window.picture("profile-new", full=False)
    window.click(window.find("check box", contains="Europe", inside=box))
    window.fill(window.find("password text", "Token", inside=box), "eyJhbGciOi with space")
    window.picture("profile-hints")
    window.click(window.find("radio button", contains="URL of its own", inside=box))
    window.fill(window.find("text", "URL", inside=box), "http://konnect.example.com")
    window.picture("profile-url-wrong")
    window.fill(window.find("text", "URL", inside=box), "http://127.0.0.1:1/v1")
    window.fill(window.find("text", "Name", inside=box), "Acme production")
    window.fill(window.find("password text", "Token", inside=box), TOKEN)
    window.press("Test connection", inside=box)
    window.find(contains="does not work", inside=box)
    window.picture("profile-test-fails")
    window.fill(window.find("text", "URL", inside=box), service.url)
    window.press("Test connection", inside=box)
    window.find(contains="works", inside=box)
    window.picture("profile-test-passes", full=False)
    window.leave()


def production(stage):
    faults = [{"method": "POST", "path": "/integration-instances/*/auth-credential", "action": "delay", "delay_ms": 4000}]
    service, data = stage.service(faults=faults), stage.data()
    stage.profile(data, "Acme production", service.url, "--production", "--colour", "#b3261e")
    window = stage.window("--data-dir", data).announced("ready")
    window.select("datadog-us-production", "Datadog US production")
    window.picture("production", full=False)
    window.keys("ctrl+shift+e")
    box = window.dialog("Replace")
    window.picture("replace-production", full=False)
    fields = [node for node in window._walk(box) if node.getRoleName() == "password text"]
    for field in fields:
        window.fill(field, "0123456789abcdef")
    window.fill(window.find("text", contains="Type ", inside=box), "datadog-us-production")
    window.press("Replace credential", inside=box)
    window.find(contains="can no longer be stopped", inside=box)
    window.picture("progress")
    window.no_dialog()
    window.find(contains="Key kept here")
    window.picture("kept")
    window.press("Profiles")
    window.keys("Down", "Down", "Right", "Down", "Down", "Return")
    window.dialog("Remove")
    window.picture("remove-profile")
    window.leave()
    window.press("Profiles")
    window.keys("Down", "Down", "Right", "Down", "Return")
    window.dialog("Profile")
    window.picture("profile-edit")


def problems(stage):
    if not stage.all:
        return
    post = {"method": "POST", "path": "/integration-instances/*/auth-credential", "action": "status"}
    faults = [post | {"nth": 1, "status": 422}, post | {"status": 500}]
    service, data = stage.service(faults=faults), stage.data()
    stage.profile(data, "Acme", service.url)
    window = stage.window("--data-dir", data).announced("ready")
    for instance, title, keys, heading, verb, name in (
            ("swaggerhub-sandbox", "SwaggerHub sandbox", "ctrl+n", "New credential", "Create credential", "problem-create"),
            ("datadog-staging", "Datadog staging", "ctrl+shift+e", "Replace", "Replace credential", "problem-replace")):
        window.select(instance, title)
        window.keys(keys)
        box = window.dialog(heading)
        for field in [node for node in window._walk(box) if node.getRoleName() == "password text"]:
            window.fill(field, "0123456789abcdef")
        window.press(verb, inside=box)
        window.find("push button", "Copy details", inside=box, limit=40)
        window.picture(name)
        window.leave()
    window.picture("problem-afterwards")


def offline(stage):
    service, data = stage.service(), stage.data()
    stage.profile(data, "Acme", service.url)
    window = stage.window("--data-dir", data).announced("ready")
    window.quit()
    service.stop()
    window = stage.window("--data-dir", data).announced("ready")
    window.find(contains="Its rows show")
    window.select("datadog-eu-production", "Datadog EU production")
    window.picture("offline-with-rows", full=False)
    window.quit()
    other = stage.service("--instances", "12")
    stage.profile(data, "Globex", other.url, "--colour", "#1a7f37")
    window = stage.window("--data-dir", data).announced("ready")
    window.picture("two-profiles-one-fails")
    window.quit()
    other = stage.data()
    stage.profile(other, "Acme", service.url)
    window = stage.window("--data-dir", other).announced("ready")
    window.picture("offline-nothing-read")


def waiting(stage):
    if not stage.all:
        return
    for name, faults in (
            ("waiting-429", [{"path": "/integration-instances*", "action": "status", "status": 429, "retry_after": 60}]),
            ("loading", [{"path": "/integration-instances*", "action": "never"}]),
            ("unauthorized", [{"action": "status", "status": 401}]),
            ("nothing-read", [{"path": "/integration-instances/*", "action": "status", "status": 403}]),
            ("waiting-429-rows", [{"path": "/integration-instances/*", "action": "status", "status": 429,
                                   "retry_after": 60}])):
        service, data = stage.service(faults=faults), stage.data()
        stage.profile(data, "Acme", service.url)
        window = stage.window("--data-dir", data)
        if name.startswith("waiting"):
            window.find(contains="no more requests")
        elif name == "loading":
            window.find(contains="Reading the instances")
        else:
            window.announced("ready")
        window.picture(name)
        stage.clear()


def amounts(stage):
    for count in (0, 5000):
        service, data = stage.service("--instances", str(count)), stage.data()
        stage.profile(data, "Acme", service.url)
        window = stage.window("--data-dir", data).announced("rows" if count else "ready")
        window.picture(f"dashboard-{count}-at-first")
        window.announced("ready", 120)
        window.picture(f"dashboard-{count}", full=False)
        window.keys("ctrl+2")
        window.picture(f"instances-{count}")
        stage.clear()


def no_keychain(stage):
    if not stage.all:
        return
    # Without the session bus there is no AT-SPI either: the titles of the windows tell what is there.
    absent = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}

    def titled(window, title):
        window._xdotool("search", "--sync", "--onlyvisible", "--name", title)

    window = stage.window("--data-dir", stage.data(), environment=absent).announced("ready")
    window.picture("first-run-no-keychain")
    window.keys("ctrl+shift+n")
    titled(window, "New profile")
    window.picture("profile-no-keychain")
    service, data = stage.service(), stage.data()
    stage.profile(data, "Acme", service.url)
    stage.window("--data-dir", data).announced("ready").quit()
    window = stage.window("--data-dir", data, environment=absent).announced("ready")
    window.search("datadog-staging")
    window.keys("Down")
    window.picture("no-keychain")
    window.keys("ctrl+shift+e")
    titled(window, "Replace the credential")
    window.picture("replace-no-keychain")


def organization(stage):
    if not stage.all:
        return
    service, data = stage.service(), stage.data()
    stage.profile(data, "Acme", service.url)
    stage.window("--data-dir", data).announced("ready").quit()
    service.stop()
    stage.service("--instances", "0", port=service.port)
    window = stage.window("--data-dir", data).announced("ready")
    window.picture("organization-banner")
    window.find(contains="another organization", limit=5)
    window.press("Answer…")
    window.dialog("another organization")
    window.picture("organization-question")


def interrupted(stage):
    post = {"method": "POST", "path": "/integration-instances/*/auth-credential", "action": "status", "status": 403}
    service, data = stage.service(faults=[post | {"nth": 2}, post | {"nth": 3}]), stage.data()
    stage.profile(data, "Acme", service.url)
    for instance, keep in (("datadog-staging", []), ("datadog-staging", []), ("datadog-ap-production", ["--keep", "none"])):
        subprocess.run([os.path.join(BIN, "latchkeyctl"), "credential", "replace", "--instance", instance, "--data-dir", data,
                        "--key-env", "DD-API-KEY=API", "--key-env", "DD-APPLICATION-KEY=APP", "--watch", "0", "--yes", *keep],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=90,
                       env={**os.environ, "API": "0123456789abcdef", "APP": "fedcba9876543210"})
    window = stage.window("--data-dir", data).announced("ready")
    window.find(contains="were interrupted")
    window.picture("interrupted", full=False)
    window.press("Look at them…")
    box = window.dialog("Interrupted changes")
    window.find(contains="has no credential", inside=box)
    window.picture("interrupted-rolled-back-or-finished", full=False)
    window.keys("Down")
    window.find(contains="enter them again", inside=box)
    window.picture("interrupted-keys-asked", full=False)
    window.keys("Up")
    window.press("Roll Back", inside=box)
    window.find(contains="Datadog staging: Created", inside=box, limit=60)
    window.picture("interrupted-one-ended")


def roll_back(stage):
    window = stage.window("--demo").announced("ready")
    window.select("datadog-eu-production", "Datadog EU production")
    window.press("Roll Back…")
    window.dialog("back to the keys of")
    window.picture("roll-back", full=False)
    window.leave()


def bulk(stage):
    post = {"method": "POST", "path": "/integration-instances/*/auth-credential", "action": "status"}
    service, data = stage.service(faults=[post | {"nth": 3, "status": 403}]), stage.data()
    stage.profile(data, "Acme production", service.url, "--production", "--colour", "#b3261e")
    window = stage.window("--data-dir", data).announced("ready")
    window.search("datadog")
    window.keys("Down", "ctrl+a")
    window.find("label", contains="instances selected")
    window.picture("bulk-selection", full=False)
    window.keys("ctrl+Delete")
    window.dialog("Delete the credentials")
    window.picture("bulk-delete")
    window.leave()
    window.keys("ctrl+shift+e")
    box = window.dialog("Replace the credentials")
    window.picture("bulk-plan", full=False)
    window.click(window.find("radio button", contains="paste a column", inside=box))
    window.picture("bulk-columns", full=False)
    window.click(window.find("radio button", contains="same keys", inside=box))
    # By keyboard: the body of the dialog scrolls, and the focus takes it along.
    window.keys("Tab")
    window.type("0123456789abcdef")
    window.keys("Tab", "Tab", "Tab", "Tab")
    window.type("0123456789abcdef")
    window.keys("alt+t")
    window.type("Acme production")
    window.picture("bulk-plan-filled", full=False)
    window.click(window.find("push button", contains="Replace ", inside=box))
    window.find("push button", "Close", inside=box, limit=90)
    window.picture("bulk-results", full=False)
    window.leave()
    window.press("Look at them…")
    box = window.dialog("Interrupted changes")
    window.find("push button", contains="All of This Run", inside=box)
    window.picture("bulk-interrupted", full=False)


def configuration(stage):
    service, data = stage.service(), stage.data()
    stage.profile(data, "Acme", service.url)
    folder = os.path.dirname(data)
    prompt, variable = {"source": "prompt"}, {"source": "env:DD_API_KEY"}

    def write(name, profile, *instances, version=1):
        path = os.path.join(folder, name)
        with open(path, "w") as stream:
            json.dump({"version": version, "profiles": [{"name": profile, "instances": list(instances)}]}, stream, indent=2)
        return path

    def keys(integration, name, **headers):
        return {"integration": integration, "name": name, "credential": {
            "type": "multi_key_auth", "headers": [{"name": header.replace("_", "-"), **source} for header, source in headers.items()]}}
    setup = write("setup.json", "Acme", keys("swaggerhub", "swaggerhub-sandbox", authorization=prompt),
                  keys("swaggerhub", "swaggerhub-nowhere", authorization=prompt),
                  keys("datadog", "datadog-staging", DD_API_KEY=variable, DD_APPLICATION_KEY=prompt),
                  {"integration": "swaggerhub", "name": "swaggerhub-public", "credential": None},
                  {"integration": "sonarqube", "name": "sonarqube-cloud", "protected": True})
    wrong = write("wrong.json", "Acme", {"integration": "datadog", "name": "datadog-staging", "key": "x"}, version=2)
    moved = write("moved.json", "Acme of last year", {"integration": "datadog", "name": "datadog-staging"})
    window = stage.window("--data-dir", data, environment={**os.environ, "DD_API_KEY": "0123456789abcdef"}).announced("ready")

    def choose(key, file):
        window.keys("alt+f", key)
        window.dialog("Configuration")
        window.type(file)
        window.keys("Return")
    window.keys("alt+f", "c")
    window.dialog("Export the configuration")
    window.picture("configuration-export", full=False)
    window.leave()
    choose("i", wrong)
    window.find(contains="cannot be used")
    window.picture("configuration-findings", full=False)
    window.leave()
    choose("i", moved)
    window.find(contains="Profiles that are not here")
    window.picture("configuration-profiles")
    window.leave()
    choose("m", setup)
    window.find(contains="not as the file says")
    window.picture("configuration-differences", full=False)
    window.leave()
    choose("i", setup)
    box = window.dialog("Import a configuration")
    window.find(contains="1 blocked", inside=box)
    window.picture("configuration-plan", full=False)
    window.click(window.find("check box", contains="Delete too", inside=box))
    window.find(contains="1 to delete", inside=box)
    window.picture("configuration-plan-deletes")
    window.leave()
    choose("i", write("create.json", "Acme", keys("swaggerhub", "swaggerhub-sandbox", authorization=prompt)))
    box = window.dialog("Import a configuration")
    window.find(contains="1 to create", inside=box)
    window.keys("Tab")
    window.type("0123456789abcdef")
    window.keys("Return")
    window.press("Apply 1 row", inside=box)
    window.find("push button", "Close", inside=box, limit=90)
    window.picture("configuration-results", full=False)
    window.leave()


def handover(stage):
    window = stage.window("--demo").announced("ready")
    window.select("swaggerhub-internal", "SwaggerHub (internal)")
    window.keys("alt+i", "m")
    box = window.dialog("Move the credential")
    window.picture("handover", full=False)
    window.click(window.find("list item", contains="SwaggerHub (public)", inside=box))
    window.picture("handover-chosen", full=False)
    window.leave()


def guarded(stage):
    service, data = stage.service(), stage.data()
    stage.profile(data, "Acme", service.url)
    for instance in ("datadog-staging", "datadog-us-production"):
        subprocess.run([os.path.join(BIN, "latchkeyctl"), "instances", "protect", "--instance", instance, "--data-dir", data],
                       check=True, stdout=subprocess.DEVNULL, timeout=60)
    window = stage.window("--data-dir", data).announced("ready")
    window.select("datadog-staging", "Datadog staging")
    window.search("datadog")
    window.picture("guarded", full=False)
    window.keys("ctrl+Delete")
    box = window.dialog("Delete")
    window.find(contains="is protected", inside=box)
    window.picture("guarded-delete", full=False)
    window.leave()
    window.press("Unprotect…")
    window.dialog("Unprotect")
    window.picture("guarded-unprotect", full=False)
    window.leave()
    window.keys("alt+i")
    window.find("menu item", contains="")
    window.picture("guarded-menu")
    window.keys("Escape", "Escape")


def record_expiry(stage):
    window = stage.window("--demo").announced("ready")
    window.select("datadog-staging", "Datadog staging")
    window.keys("ctrl+e")
    box = window.dialog("expire?")
    window.picture("expiry-empty", full=False)
    window.type("2020-01-31")
    window.find(contains="before the credential was made", inside=box)
    window.picture("expiry-passed")
    window.keys("ctrl+a")
    window.type("2099-02-30")
    window.find(contains="no date", inside=box)
    window.picture("expiry-wrong")
    window.keys("ctrl+a")
    window.type("2099-03-31")
    window.click(window.find("check box", contains="Share the day", inside=box))
    window.picture("expiry-filled", full=False)
    window.press("Record", inside=box)
    window.find(contains="Everybody with access", inside=box)
    window.picture("expiry-share", full=False)
    window.press("Share in Konnect", inside=box)
    window.no_dialog()
    window.picture("expiry-details", full=False)
    window.keys("ctrl+e")
    window.dialog("expire?")
    window.picture("expiry-shared", full=False)
    window.leave()
    window.search("swaggerhub")
    window.keys("Down", "ctrl+a", "ctrl+e")
    window.dialog("expire?")
    window.picture("expiry-several", full=False)
    window.leave()


def old_key(stage):
    window = stage.window("--demo").announced("ready")
    window.select("datadog-staging", "Datadog staging")
    window.keys("ctrl+shift+e")
    box = window.dialog("Replace")
    fields = [node for node in window._walk(box) if node.getRoleName() == "password text"]
    window.fill(fields[0], "0123456789abcdef")
    window.fill(fields[1], "fedcba9876543210")
    window.press("Replace credential", inside=box)
    window.no_dialog()
    window.keys("ctrl+1", *["Tab"] * 11)

    def at_the_old_key():
        window.keys("End")
        return window.sees(contains="Revoke the old key of")
    until(at_the_old_key, "no old key is to be revoked", 60)
    window.picture("old-key-to-revoke", full=False)


def settings(stage):
    window = stage.window("--demo").announced("ready")
    window.keys("ctrl+comma")
    box = window.dialog("Settings")
    window.find(contains="earlier set", inside=box)
    window.picture("settings", full=False)
    window._xdotool(*window.move(640, 400), "click", "--repeat", "60", "5")
    window.picture("settings-thresholds")
    window.leave()
    window.select("datadog-eu-production", "Datadog EU production")
    window.keys("alt+i", "f")
    window.dialog("Forget the earlier keys")
    window.find(contains="Kept since")
    window.picture("forget-keys", full=False)


def history(stage):
    service, data = stage.service(), stage.data()
    stage.profile(data, "Acme", service.url)
    keys = ["--key-env", "DD-API-KEY=API", "--key-env", "DD-APPLICATION-KEY=APP", "--watch", "0", "--yes"]
    for words in (["create", "--instance", "swaggerhub-sandbox", "--key-stdin", "--watch", "0"],
                  ["replace", "--instance", "datadog-staging", *keys],
                  ["delete", "--instance", "swaggerhub-sandbox", "--yes"]):
        subprocess.run([os.path.join(BIN, "latchkeyctl"), "credential", *words, "--data-dir", data], check=True, timeout=90,
                       input="0123456789abcdef\n", text=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "API": "0123456789abcdef", "APP": "fedcba9876543210"})
    window = stage.window("--data-dir", data).announced("ready")
    window.keys("ctrl+h")
    box = window.dialog("History")
    window.keys("Down", "Down")
    window.picture("history", full=False)
    window.press("Verify", inside=box)
    window.find(contains="as they were written", inside=box)
    window.picture("history-verified")
    window.keys("ctrl+f")
    window.type("zebra")
    window.find(contains="Nothing matches", inside=box)
    window.picture("history-search-nothing")
    window.keys("Escape", "Escape")
    window.no_dialog()


SCENES = [dashboard, demo_pages, demo_credentials, first_run, production, offline, free_rows, problems, interrupted, roll_back, bulk, configuration, handover,
          history, guarded, record_expiry, old_key, settings, waiting, amounts, no_keychain, organization]


def main():
    out, theme, size, extent, *only = sys.argv[1:]
    failed = []
    with tempfile.TemporaryDirectory() as work:
        for scene in SCENES:
            if only and scene.__name__ not in only:
                continue
            began = time.monotonic()
            stage = Stage(out, theme, size, extent, work)
            try:
                scene(stage)
            except Exception:
                failed.append(scene.__name__)
                traceback.print_exc()
                if stage.opened:
                    stage.opened[-1].screenshot(os.path.join(out, f"failed-{stage.prefix}-{scene.__name__}.png"))
            finally:
                stage.clear()
            print(f"{stage.prefix} {scene.__name__}: {time.monotonic() - began:.0f} s", flush=True)
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
