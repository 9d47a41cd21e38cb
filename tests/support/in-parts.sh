#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# in-parts.sh NAME PARTS COMMAND [ARG…]: runs all cases of a matrix, shared among PARTS processes of the COMMAND, which reads
# NAME_SAMPLE=0 (all of them) and NAME_PART=N/PARTS (which of them). Ends with 0 when each case passed.
set -uo pipefail
name=$1
parts=$2
shift 2
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

running=()
for part in $(seq "$parts"); do
    env "${name}_SAMPLE=0" "${name}_PART=$part/$parts" "$@" >"$logs/$part" 2>&1 &
    running+=($!)
done
result=0
for part in $(seq "$parts"); do
    wait "${running[part - 1]}" || result=1
    grep -E "${name}_SEED|^Totals" "$logs/$part"
    grep -A 4 -E '^(FAIL!|QFATAL)' "$logs/$part" && result=1
done
exit $result
