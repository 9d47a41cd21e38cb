#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# headless.sh PICTURE PROGRAM [ARG...]: shows the program on a display of its own, waits until it says that its window
# is filled, takes a picture of the screen and ends everything it started. Run it under dbus-run-session.
set -euo pipefail
picture=$1
shift

work=$(mktemp -d)
children=()
finish() {
    local child
    for child in "${children[@]}"; do
        kill "$child" 2>/dev/null || continue
        timeout 10 tail --pid="$child" -f /dev/null || kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ -z "${XDG_RUNTIME_DIR:-}" ] || [ ! -d "${XDG_RUNTIME_DIR}" ]; then
    export XDG_RUNTIME_DIR=$work/run
    mkdir -m 700 "$XDG_RUNTIME_DIR"
fi

mkfifo "$work/display" "$work/lines"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
children=($! "${children[@]}")
read -r -t 30 number <"$work/display" || { cat "$work/xvfb.log" >&2; echo "Xvfb did not start" >&2; exit 1; }
export DISPLAY=:$number QT_QPA_PLATFORM=xcb

openbox >/dev/null 2>&1 &
children=($! "${children[@]}")
for ((try = 0; try < 200; ++try)); do
    xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q window && break
    sleep 0.05
done

"$@" --announce >"$work/lines" &
program=$!
children=("$program" "${children[@]}")
exec 4<"$work/lines"
while code=0 && IFS= read -r -t 60 -u 4 line || { code=$? && false; }; do
    case "$line" in
    "ready "*) break ;;
    "rows "*) ;;
    *) printf '%s\n' "$line" ;;
    esac
done
if [ "$code" -gt 128 ]; then
    echo "The window did not fill within 60 seconds." >&2
    exit 1
fi
if [ "$code" -ne 0 ]; then
    # It has ended by itself: --help, --version, or a problem that it told.
    result=0
    wait "$program" || result=$?
    exit "$result"
fi
mkdir -p "$(dirname "$picture")"
import -window root "$picture"
echo "$picture"
