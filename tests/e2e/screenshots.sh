#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh [OUTPUT_DIR]: pictures of every page, dialog and state of the built window, for looking at them
# (default build/screenshots). All states at 1280x800 light; the main ones in dark, at 1024x640 and at 200 %.
# ONLY="demo first_run" limits the scenes, SIZES="1280 1024" and THEMES="light dark" the matrix.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
out=${1:-$top/build/screenshots}
mkdir -p "$out"
out=$(cd "$out" && pwd)
export LATCHKEY_BIN=${LATCHKEY_BIN:-$top/build/dev/bin}

code=0
for size in ${SIZES:-1280 1024 200}; do
    screen=1280x800 scale=1
    case "$size" in
    1280) ;;
    1024) screen=1024x640 ;;
    200) screen=2560x1600 scale=2 ;;
    *) echo "There is no size $size: 1280, 1024 or 200 (percent)." >&2 && exit 64 ;;
    esac
    for theme in ${THEMES:-light dark}; do
        extent=main
        [ "$theme-$size" = light-1280 ] && extent=all
        QT_SCALE_FACTOR=$scale "$here/private-desktop.sh" --screen "$screen" \
            /usr/bin/python3 "$here/screenshots.py" "$out" "$theme" "$size" "${EXTENT:-$extent}" ${ONLY:-} || code=$?
    done
done
echo "The pictures are in $out"
exit $code
