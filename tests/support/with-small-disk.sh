#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program whose temporary files are on a disk of its own, which it can fill, and ends with the program's exit code.
# The disk is known to the program as LATCHKEY_SMALL_DISK; it is not set where nobody may mount one.
#
#   with-small-disk.sh PROGRAM [ARGUMENT...]
set -eu

dir=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-disk.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 143' HUP INT TERM
export TMPDIR="$dir"

status=0
if unshare --map-root-user --mount mount -t tmpfs tmpfs "$dir" 2>/dev/null; then
    export LATCHKEY_SMALL_DISK="$dir"
    unshare --map-root-user --mount \
        sh -c 'mount -t tmpfs -o size=8m,mode=0700 tmpfs "$TMPDIR" && exec "$@"' sh "$@" || status=$?
else
    "$@" || status=$?
fi
exit "$status"
