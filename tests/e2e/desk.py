# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the desktop: sees what AT-SPI shows, and acts with the mouse and the keyboard through the X server.

Every wait is for a condition, with a limit; nothing sleeps for a fixed time and hopes.
"""

import os
import subprocess
import time

import pyatspi

LIMIT = 60.0


class NotSeen(AssertionError):
    """What was waited for did not come."""


def until(condition, what, limit=LIMIT):
    """The first true answer of `condition`; NotSeen after `limit` seconds."""
    end = time.monotonic() + limit
    while True:
        try:
            answer = condition()
        except Exception:  # A widget went away while it was looked at: look again.
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise NotSeen(what)
        time.sleep(0.05)


class Desk:
    widest_table = 2000  # Cells; a table of more is not walked into.

    def __init__(self, program, arguments, directory, environment=None):
        self.out = open(os.path.join(directory, "stdout"), "wb")
        self.err = open(os.path.join(directory, "stderr"), "wb")
        self.process = subprocess.Popen(
            [program, *arguments], stdout=self.out, stderr=self.err, env={**os.environ, **(environment or {})})
        self.name = os.path.basename(program)

    # Seeing

    def application(self):
        def look():
            desktop = pyatspi.Registry.getDesktop(0)
            for child in desktop:
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            return None
        return until(look, f"{self.name} does not show up")

    @staticmethod
    def _walk(node, depth=0):
        if node is None or depth > 30:
            return
        yield node
        if node.getRoleName() in ("table", "tree table"):
            # Qt says of the cells of a hidden table that they show.
            if node.childCount > Desk.widest_table or not node.getState().contains(pyatspi.STATE_SHOWING):
                return
        for child in node:
            yield from Desk._walk(child, depth + 1)

    def _find(self, role, name, contains, inside, showing):
        for node in self._walk(inside or self.application()):
            if role and node.getRoleName() != role:
                continue
            if name is not None and node.name != name:
                continue
            if contains is not None and contains not in node.name:
                continue
            if showing and not node.getState().contains(pyatspi.STATE_SHOWING):
                continue
            return node
        return None

    def find(self, role=None, name=None, contains=None, inside=None, showing=True, limit=LIMIT):
        what = f"{role or 'thing'} {name or contains!r}"
        return until(lambda: self._find(role, name, contains, inside, showing), f"no {what} on the screen", limit)

    def sees(self, role=None, name=None, contains=None, inside=None):
        return self._find(role, name, contains, inside, True) is not None

    def gone(self, role=None, name=None, contains=None, limit=LIMIT):
        until(lambda: not self.sees(role, name, contains), f"{name or contains!r} is still there", limit)

    def texts(self, inside=None):
        return [node.name for node in self._walk(inside or self.application())
                if node.name and node.getState().contains(pyatspi.STATE_SHOWING)]

    def tree(self, inside=None):
        """What is on the screen, for a message when something is not."""
        return "\n".join(f"{node.getRoleName()}: {node.name!r}" for node in self._walk(inside or self.application())
                         if node.getState().contains(pyatspi.STATE_SHOWING))

    # Acting

    @staticmethod
    def _xdotool(*words, text=None):
        subprocess.run(["xdotool", *words], check=True, input=text, stdout=subprocess.DEVNULL, timeout=60)

    def click(self, node, times=1, button=1):
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        assert box.width > 0 and box.height > 0, f"{node.name!r} has no place on the screen"
        self._xdotool(*self.move(box.x + box.width // 2, box.y + box.height // 2),
                      "click", "--repeat", str(times), str(button))

    @staticmethod
    def move(x, y):
        """Qt tells AT-SPI its own pixels, not those of the screen."""
        scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
        return "mousemove", str(round(x * scale)), str(round(y * scale))

    def press(self, name, role="push button", inside=None):
        node = self.find(role, name, inside=inside)
        until(lambda: node.getState().contains(pyatspi.STATE_ENABLED), f"{name!r} stays disabled")
        self.click(node)

    def keys(self, *names):
        self._xdotool("key", "--delay", "20", *names)

    def type(self, text):
        # From standard input: what is typed must not be found in any argument list.
        self._xdotool("type", "--delay", "8", "--file", "-", text=text.encode())

    def fill(self, node, text):
        self.click(node)
        until(lambda: node.getState().contains(pyatspi.STATE_FOCUSED), f"{node.name!r} takes no focus")
        self.keys("ctrl+a")
        self.type(text)

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True, timeout=60)

    # Ending

    def quit(self, limit=LIMIT):
        self.keys("ctrl+q")
        return self.wait(limit)

    def wait(self, limit=LIMIT):
        self.process.wait(limit)
        self.out.close()
        self.err.close()
        return self.process.returncode

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self.out.close()
        self.err.close()
