# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches the places of a desktop where a secret could show. Each tells what it has seen as (place, bytes)."""

import os
import struct
import subprocess

import pyatspi
from gi.repository import Gio, GLib

from desk import until

SECRETS = "/org/freedesktop/secrets"


class Bus:
    """Everything that is said on a message bus from now on, except what is said to and by the Secret Service."""

    def __init__(self, name, address, directory):
        self.name = name
        self.address = address
        self.path = os.path.join(directory, f"bus-{name}.pcap")
        self.file = open(self.path, "wb")
        self.process = subprocess.Popen(["dbus-monitor", "--address", address, "--pcap"], stdout=self.file,
                                        stderr=subprocess.DEVNULL)
        # It listens, and it finds: something is said until it was heard.
        until(lambda: self._say("planted-on-the-bus") or any(b"planted-on-the-bus" in seen for _, seen in self.seen()),
              f"what is said on the {name} bus is not heard")

    def _say(self, text):
        flags = Gio.DBusConnectionFlags
        bus = Gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        bus.emit_signal(None, "/io/github/latchkey/Planted", "io.github.latchkey.Planted", "Said",
                        GLib.Variant("(s)", (text,)))
        bus.flush_sync()
        bus.close_sync()

    def _messages(self):
        with open(self.path, "rb") as stream:
            data = stream.read()
        at = 24  # The head of a pcap file; then 16 bytes before each message.
        while at + 16 <= len(data):
            size, = struct.unpack_from("=I", data, at + 8)
            blob = data[at + 16:at + 16 + size]
            at += 16 + size
            if len(blob) == size:
                yield blob, Gio.DBusMessage.new_from_blob(blob, Gio.DBusCapabilityFlags.UNIX_FD_PASSING)

    def seen(self):
        asked = set()  # Calls to the Secret Service, whose answers name only the call.
        typed = {}  # What came a character at a time, of each sender.
        for blob, message in self._messages():
            if (message.get_path() or "").startswith(SECRETS):
                asked.add((message.get_sender(), message.get_serial()))
                continue
            if (message.get_destination(), message.get_reply_serial()) in asked:
                continue
            if message.get_member() == "TextChanged":
                text = message.get_body().unpack()[3]
                typed[message.get_sender()] = typed.get(message.get_sender(), "") + str(text)
            yield f"the {self.name} bus, {message.get_path()} {message.get_member()}", blob
        for sender, text in typed.items():
            yield f"the {self.name} bus, announced by {sender}", text.encode()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.file.close()


def session_bus():
    return os.environ["DBUS_SESSION_BUS_ADDRESS"]


def accessibility_bus():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                         Gio.DBusCallFlags.NONE, 10_000, None).unpack()[0]


def _texts_of(node):
    yield "name", node.name
    yield "description", node.description
    yield "attributes", " ".join(node.getAttributes())
    interfaces = pyatspi.listInterfaces(node)
    if "Text" in interfaces:
        yield "text", node.queryText().getText(0, -1)
    if "Value" in interfaces:
        yield "value", str(node.queryValue().currentValue)


def accessible_texts(desk):
    """All that a screen reader can ask of every part of every window."""
    for node in desk._walk(desk.application()):
        try:
            role, texts = node.getRoleName(), list(_texts_of(node))
        except Exception:  # It went away while it was looked at.
            continue
        for kind, text in texts:
            yield f"accessible {kind} of a {role}", (text or "").encode()


def window_titles():
    tree = subprocess.run(["xwininfo", "-root", "-tree"], check=True, capture_output=True, timeout=30)
    yield "window titles", tree.stdout


def clipboard():
    for selection in ("clipboard", "primary", "secondary"):
        # It fails where nothing is in it.
        read = subprocess.run(["xclip", "-o", "-selection", selection], capture_output=True, timeout=30)
        yield selection, read.stdout


def put_into_clipboard(text, selection):
    subprocess.run(["xclip", "-i", "-selection", selection], input=text.encode(), check=True, timeout=30,
                   stdout=subprocess.DEVNULL)


def processes(pids):
    """Arguments and environment of these processes and of all that they started."""
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as stream:
                parents[int(entry)] = int(stream.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = set(pids)
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    for pid in family:
        for what in ("cmdline", "environ"):
            try:
                with open(f"/proc/{pid}/{what}", "rb") as stream:
                    yield f"{what} of {pid}", stream.read()
            except OSError:
                continue
