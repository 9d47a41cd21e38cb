#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# private-desktop.sh [--screen WxH] COMMAND [ARG…]: runs COMMAND on a desktop of its own: fresh HOME and runtime
# directory, a private session bus with an unlocked GNOME Keyring and AT-SPI, an X server with a window manager.
# Nothing of the caller's session is seen or touched, and nothing is left running. The password of the keyring is "test".
set -euo pipefail
screen=1280x800
if [ "${1:-}" = --screen ]; then
    screen=$2
    shift 2
fi

root=$(mktemp -d)
mkdir -p "$root/home" "$root/run" "$root/tmp"
chmod 700 "$root" "$root/home" "$root/run"
xvfb=
cleanup() {
    # Everything that was started inside carries this mark in its environment, the bus's own children among it.
    for environ in /proc/[0-9]*/environ; do
        pid=${environ#/proc/}
        pid=${pid%/environ}
        [ "$pid" = $$ ] && continue
        if tr '\0' '\n' 2>/dev/null <"$environ" | grep -qx "LATCHKEY_PRIVATE_DESKTOP=$root"; then
            kill -KILL "$pid" 2>/dev/null || true
        fi
    done
    [ -n "$xvfb" ] && kill "$xvfb" 2>/dev/null && wait "$xvfb" 2>/dev/null
    rm -rf "$root"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# The server picks a free display and tells its number.
mkfifo "$root/display"
exec 7<>"$root/display"
Xvfb -displayfd 7 -screen 0 "${screen}x24" -nolisten tcp >"$root/xvfb.log" 2>&1 &
xvfb=$!
read -r -t 20 -u 7 display || { cat "$root/xvfb.log" >&2; exit 1; }

env -i PATH="$PATH" LANG=C.UTF-8 TZ="${TZ:-UTC}" \
    HOME="$root/home" TMPDIR="$root/tmp" XDG_RUNTIME_DIR="$root/run" \
    XDG_CONFIG_HOME="$root/home/.config" XDG_DATA_HOME="$root/home/.local/share" XDG_CACHE_HOME="$root/home/.cache" \
    DISPLAY=":$display" QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 NO_AT_BRIDGE=0 GTK_A11Y=none \
    LATCHKEY_PRIVATE_DESKTOP="$root" LATCHKEY_BIN="${LATCHKEY_BIN:?where latchkey and latchkeyctl are}" \
    QT_SCALE_FACTOR="${QT_SCALE_FACTOR:-1}" LATCHKEY_E2E_SHOT="${LATCHKEY_E2E_SHOT:-}" \
    LATCHKEY_KILL_SAMPLE="${LATCHKEY_KILL_SAMPLE:-}" LATCHKEY_KILL_SEED="${LATCHKEY_KILL_SEED:-}" \
    dbus-run-session -- bash -c '
        eval "$(printf %s test | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"
        openbox >/dev/null 2>&1 &
        exec "$@"' private-desktop "$@"
