#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [SECONDS [FUZZER…]]: builds the fuzzers with Clang and runs each for SECONDS (3600), two at a time, from the corpus
# beside this, from what earlier runs grew (build/fuzz/grown) and, where latchkeyctl is built, from fresh answers of the
# demo service. What breaks a promise is copied to corpus/FUZZER: mend it, and the normal tests keep it mended.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-3600}
[ $# -eq 0 ] || shift
here=$PWD/tests/fuzz
build=$PWD/build/fuzz

cmake --preset fuzz -DLATCHKEY_WERROR=ON >/dev/null
cmake --build --preset fuzz -j2
for program in build/*/bin/latchkeyctl; do
    [ -x "$program" ] || continue
    /usr/bin/python3 "$here/seeds.py" "$program" "$build/seeds"
    break
done

names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd "$here" && ls fuzz_*.cpp | sed 's/^fuzz_//; s/\.cpp$//')

fuzz_one() {
    local name=$1 code=0
    local grown=$build/grown/$name found=$build/found/$name seeds=$build/seeds/$name
    mkdir -p "$grown" "$found" "$seeds"
    # New inputs go to the first folder. An input of this length holds all that these parsers tell apart.
    "$build/bin/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$found/" "$grown" "$here/corpus/$name" "$seeds" >"$build/$name.log" 2>&1 || code=$?
    for finding in "$found"/{crash,timeout,oom,leak}-*; do
        [ -e "$finding" ] || continue
        mv "$finding" "$here/corpus/$name/"
        echo "$name: FOUND corpus/$name/$(basename "$finding"), see $build/$name.log"
        code=1
    done
    echo "$name: $(grep -o 'number_of_executed_units: *[0-9]*' "$build/$name.log" | grep -o '[0-9]*' || echo 0) runs," \
        "$(find "$grown" -type f | wc -l) inputs grown, $([ "$code" -eq 0 ] && echo nothing found || echo "ended with $code")"
    return "$code"
}
export -f fuzz_one
export build here seconds
printf '%s\0' "${names[@]}" | xargs -0 -P2 -I{} bash -c 'fuzz_one {}'
