#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [ARG...]: installs what is missing, builds Latchkey and starts it; without arguments the demo.
# Without a display it shows the window on a virtual one and saves a picture of it.
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/packages.sh

headless=()
if [ -n "${WAYLAND_DISPLAY:-}" ]; then
    run_packages+=(qt6-wayland)
elif [ -z "${DISPLAY:-}" ]; then
    headless=("${headless_packages[@]}")
fi
require_debian "${build_packages[@]}" "${run_packages[@]}" "${headless[@]}"
install_packages "what Latchkey needs to build and run" "${build_packages[@]}" "${run_packages[@]}" "${headless[@]}"

cmake --preset release -DLATCHKEY_TESTS=OFF
cmake --build --preset release
echo "Built: build/release/bin/latchkey (the window) and build/release/bin/latchkeyctl (the same in a terminal)."

[ $# -gt 0 ] || set -- --demo
program=$PWD/build/release/bin/latchkey
if [ ${#headless[@]} -eq 0 ]; then
    exec "$program" "$@"
fi
echo "There is no display here: showing the window on a virtual one. The picture of it:"
exec dbus-run-session -- packaging/headless.sh "$PWD/build/release/latchkey.png" "$program" "$@"
