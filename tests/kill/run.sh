#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [PROCESSES]: tries every case of the kill matrix, with the dev build. Ends with 0 when each case passed.
cd "$(dirname "$0")/../.." || exit 1
exec tests/support/in-parts.sh LATCHKEY_KILL "${1:-2}" build/dev/tests/kill_killmatrix
