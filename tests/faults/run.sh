#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [PROCESSES]: tries every case of the fault matrix, with the dev build. It waits more than it works (for time-outs,
# for locks), so eight processes share the cases unless told otherwise. Ends with 0 when each case passed.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
parts=${1:-8}
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

running=()
for part in $(seq "$parts"); do
    LATCHKEY_FAULT_SAMPLE=0 LATCHKEY_FAULT_PART="$part/$parts" \
        tests/support/with-small-disk.sh build/dev/tests/faults_faultmatrix >"$logs/$part" 2>&1 &
    running+=($!)
done
result=0
for part in $(seq "$parts"); do
    wait "${running[part - 1]}" || result=1
    grep -E 'LATCHKEY_FAULT_SEED|^Totals' "$logs/$part"
    grep -A 4 -E '^(FAIL!|QFATAL)' "$logs/$part" && result=1
done
exit $result
