# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for planted secrets where none may be."""

import base64
import functools
import hashlib
import json
import os
import urllib.parse


@functools.cache
def forms(secret):
    """The spellings in which a secret could leak, as bytes."""
    plain = secret.encode()
    spellings = {
        "plain": plain,
        "JSON-escaped": json.dumps(secret)[1:-1].encode(),
        "percent-encoded": urllib.parse.quote(secret, safe="").encode(),
        "UTF-16": secret.encode("utf-16-le"),
        "hexadecimal": plain.hex().encode(),
        "HEXADECIMAL": plain.hex().upper().encode(),
    }
    for offset in range(3):
        # The same bytes look different in base64 at each of three places; the ends depend on the neighbours.
        text = base64.b64encode(b"\0" * offset + plain)
        spellings[f"base64 at {offset}"] = text[4 if offset else 0:-4]
        spellings[f"base64url at {offset}"] = spellings[f"base64 at {offset}"].translate(bytes.maketrans(b"+/", b"-_"))
    return spellings


def found_in(data, secrets):
    return [f"{name} ({form})" for name, secret in secrets.items() for form, spelling in forms(secret).items()
            if spelling in data]


# A secret that was only half written when a file was read is found with what is written then.
LONGEST_SPELLING = 4096


class Read(dict):
    """What was searched already of each file: how much, and its digest. A log is searched on from there."""

    def fresh_part(self, path, data):
        size, digest = self.get(path, (0, None))
        known = size <= len(data) and digest == hashlib.blake2b(data[:size]).digest()
        self[path] = len(data), hashlib.blake2b(data).digest()
        return data[max(0, size - LONGEST_SPELLING):] if known else data


def search_folder(folder, secrets, leave_out=(), read=None):
    """'path: which secret' for every file below `folder` that holds one. What is in `read` was without any."""
    hits = []
    read = Read() if read is None else read
    for directory, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(directory, file)
            if any(path.startswith(place) for place in leave_out) or not os.path.isfile(path):
                continue
            with open(path, "rb") as stream:
                data = read.fresh_part(path, stream.read())
            hits += [f"{path}: {hit}" for hit in found_in(data, secrets)]
    return hits


def search_process(pid, secrets):
    """Argument list and environment of a process and of its children."""
    hits = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as stream:
                parent = int(stream.read().rpartition(")")[2].split()[1])
            if int(entry) != pid and parent != pid:
                continue
            for what in ("cmdline", "environ"):
                with open(f"/proc/{entry}/{what}", "rb") as stream:
                    hits += [f"{what} of {entry}: {hit}" for hit in found_in(stream.read(), secrets)]
        except OSError:
            continue
    return hits
