#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [PROCESSES]: tries every case of the fault matrix, with the dev build. It waits more than it works (for time-outs,
# for locks), so eight processes share the cases unless told otherwise. Ends with 0 when each case passed.
cd "$(dirname "$0")/../.." || exit 1
exec tests/support/in-parts.sh LATCHKEY_FAULT "${1:-8}" tests/support/with-small-disk.sh build/dev/tests/faults_faultmatrix
