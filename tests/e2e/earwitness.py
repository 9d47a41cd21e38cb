#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""earwitness.py FILE: listens on the accessibility bus as a screen reader does, and writes to FILE every text that is
announced there as inserted or removed, one behind the other, so that what came a character at a time is found too."""

import sys

import pyatspi


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as heard:
        def note(event):
            heard.write(str(event.any_data))
            heard.flush()

        pyatspi.Registry.registerEventListener(note, "object:text-changed:insert", "object:text-changed:delete")
        print("listening", flush=True)
        pyatspi.Registry.start()


if __name__ == "__main__":
    main()
