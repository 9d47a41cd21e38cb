#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# test.sh [--deep]: installs what is missing, builds with warnings as errors and runs every test.
# --deep adds: the models and latchkeyctl without a window, the suite under ASan and UBSan, clang-tidy, clazy, a minute
# for each fuzzer, and every case of the tests that try a sample otherwise.
# Ends with the exit code of ctest, or with that of the first stage that failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. packaging/packages.sh

deep=""
case "${1:-}" in
"") ;;
--deep) deep=yes ;;
*)
    echo "usage: packaging/test.sh [--deep]" >&2
    exit 64
    ;;
esac

needed=("${build_packages[@]}" "${run_packages[@]}" "${headless_packages[@]}" "${test_packages[@]}")
[ -z "$deep" ] || needed+=("${deep_packages[@]}")
require_debian "${needed[@]}"
install_packages "what building and testing Latchkey needs" "${needed[@]}" || exit $?
install_readers build/readers || echo "The tests that read the feeds will fail." >&2

# The tests use the system's Python, for which the packages above are.
export PATH=/usr/bin:$PATH
# Neither the display nor the session of whoever starts this is any of the tests' business.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

code=0
summary=()
# stage NAME COMMAND...: runs it, notes how it went and how long it took.
stage() {
    local name=$1 result=0 began=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    "$@" || result=$?
    summary+=("$(printf '%-28s %s (%d s)' "$name" "$([ $result -eq 0 ] && echo passed || echo "FAILED with $result")" \
        $((SECONDS - began)))")
    [ $code -ne 0 ] || code=$result
    return $result
}

# A hundred programs are linked, and the default linker takes four times as long for each.
linker=(-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld)

build() { # build PRESET [DEFINITION...]
    local preset=$1
    shift
    cmake --preset "$preset" -DLATCHKEY_WERROR=ON -DLATCHKEY_TESTS=ON "${linker[@]}" "$@" && cmake --build --preset "$preset" -j2
}

run_tests() { # run_tests PRESET
    # Three at a time on two cores: many wait more than they work.
    local result=0
    ctest --preset "$1" -j3 --output-on-failure || result=$?
    # A log may be cut: say last which checks failed.
    [ $result = 0 ] || grep -A3 -E '^(FAIL!|XPASS) ' "build/$1/Testing/Temporary/LastTest.log" | tail -60
    return $result
}

run_tests_without_window() {
    cmake --preset dev -B build/nogui -DLATCHKEY_WERROR=ON -DLATCHKEY_GUI=OFF "${linker[@]}" &&
        cmake --build build/nogui -j2 &&
        ! ldd build/nogui/bin/latchkeyctl | grep -E 'Qt6(Gui|Widgets)' &&
        ctest --test-dir build/nogui -j2 --output-on-failure --no-tests=error
}

all_kills() {
    local result=0
    tests/kill/run.sh || result=$?
    LATCHKEY_KILL_SAMPLE=0 ctest --preset dev --output-on-failure -R '^e2e_random_kills$' || result=$?
    return $result
}

sanitized_tests() {
    # A sanitizer's report ends the program, and so its test.
    ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 run_tests asan
}

# Clang reads the flags of the GCC build, less one that it does not know.
lint_database() {
    mkdir -p build/lint &&
        sed 's/ -fcoroutines / /g; s/ -Werror / /g' build/dev/compile_commands.json >build/lint/compile_commands.json
}
product_sources() { find app ui models -name '*.cpp' -print0 | sort -z; }
# libstdc++ offers coroutines only to compilers that say they have them; clang 14 has them and does not say so.
coroutines=-D__cpp_impl_coroutine=201902L
tidy() {
    lint_database && product_sources |
        xargs -0 -P2 -n4 clang-tidy --quiet -p build/lint --extra-arg="$coroutines" 2>/dev/null
}
# clazy ends with 0 whatever it finds, so its words are what counts.
clazy_check() {
    local report=build/lint/clazy.txt result=0
    lint_database || return
    product_sources | xargs -0 -P2 -n4 clazy-standalone -p build/lint \
        -checks=level0,level1,no-qstring-allocations --header-filter="$PWD/(app|ui|models)/.*" \
        --extra-arg="$coroutines" --extra-arg=-Wno-everything >"$report" 2>&1 || result=$?
    grep -vE '^[0-9]+ warnings? generated' "$report"
    grep -qE '\[-Wclazy|error:' "$report" && result=1
    return $result
}

if [ -n "$deep" ]; then
    stage "build" build dev
    stage "clang-tidy" tidy
    stage "clazy" clazy_check
    stage "fuzzers" tests/fuzz/run.sh 60
    stage "tests" run_tests dev
    stage "all kills" all_kills
    stage "all faults" tests/faults/run.sh
    stage "without a window" run_tests_without_window
    stage "sanitizers: build" build asan && stage "sanitizers: tests" sanitized_tests
    printf '\n'
    printf '%s\n' "${summary[@]}"
else
    # Nobody debugs this one, and without what a debugger needs it is built in five sixths of the time.
    # Precompiling hides a missing include, which the builds of --deep show.
    build dev -DCMAKE_CXX_FLAGS_DEBUG=-g0 -DLATCHKEY_PCH=ON || exit $?
    run_tests dev || code=$?
fi
exit $code
