# SPDX-License-Identifier: GPL-3.0-or-later
"""The Secret Service of this session, read over D-Bus without any of Latchkey's code."""

from gi.repository import Gio, GLib

NAME = "org.freedesktop.secrets"
BUS = Gio.bus_get_sync(Gio.BusType.SESSION)  # Kept: the service ends its sessions with their connection.


def _call(path, interface, method, arguments):
    return BUS.call_sync(NAME, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 10_000, None).unpack()


def secrets():
    """All items: attributes and the secret's bytes."""
    root = "/org/freedesktop/secrets"
    service = "org.freedesktop.Secret.Service"
    _, session = _call(root, service, "OpenSession", GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))))
    unlocked, locked = _call(root, service, "SearchItems", GLib.Variant("(a{ss})", ({},)))
    assert not locked, "the keyring is locked"
    answer = []
    for item in unlocked:
        attributes, = _call(item, "org.freedesktop.DBus.Properties", "Get",
                            GLib.Variant("(ss)", ("org.freedesktop.Secret.Item", "Attributes")))
        (_, _, value, _), = _call(item, "org.freedesktop.Secret.Item", "GetSecret", GLib.Variant("(o)", (session,)))
        answer.append((attributes, bytes(value)))
    return answer
