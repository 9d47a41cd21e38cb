#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program with a D-Bus session bus and an unlocked GNOME Keyring of its own, in a fresh HOME, and ends with the
# program's exit code when none of its processes is left. The bus starts nothing by itself, so no prompt can be shown.
#
#   with-keyring.sh [--bus-only] PROGRAM [ARGUMENT...]
set -eu

keyring=1
if [ "$1" = --bus-only ]; then
    keyring=0
    shift
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-keyring.XXXXXX")
bus_pid=
keyring_pid=

finish() {
    # A test may have stopped the daemon with SIGSTOP, so nothing gentler than KILL is sure to end it.
    for pid in $keyring_pid $bus_pid; do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 143' HUP INT TERM

export HOME="$dir/home"
export XDG_RUNTIME_DIR="$dir/run"
export XDG_DATA_HOME="$HOME/.local/share" XDG_CONFIG_HOME="$HOME/.config" XDG_CACHE_HOME="$HOME/.cache"
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
mkdir -m 0700 "$XDG_RUNTIME_DIR"

cat >"$dir/bus.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$XDG_RUNTIME_DIR/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF

# wait_for SECONDS COMMAND...
wait_for() {
    tries=$(($1 * 20))
    shift
    while ! "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            echo "with-keyring.sh: gave up waiting for: $*" >&2
            exit 99
        fi
        sleep 0.05
    done
}

dbus-daemon --config-file="$dir/bus.conf" --nofork --nopidfile &
bus_pid=$!
export DBUS_SESSION_BUS_ADDRESS="unix:path=$XDG_RUNTIME_DIR/bus"
wait_for 20 test -S "$XDG_RUNTIME_DIR/bus"

if [ "$keyring" = 1 ]; then
    # An empty password would create no keyring.
    printf %s test >"$dir/password"
    gnome-keyring-daemon --foreground --unlock --components=secrets <"$dir/password" >/dev/null 2>"$dir/keyring.log" &
    keyring_pid=$!
    wait_for 20 dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
        org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked
fi

export LATCHKEY_TEST_KEYRING=1
status=0
"$@" || status=$?
exit "$status"
