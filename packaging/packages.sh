# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and test.sh: which packages are needed for what, and how they get there.

# To build both programs.
build_packages=(g++ cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-svg-dev qt6-l10n-tools qt6-tools-dev qt6-tools-dev-tools
    qtkeychain-qt6-dev qcoro-qt6-dev libsodium-dev libical-dev rapidjson-dev libyaml-cpp-dev)
# To run them. Qt loads libsecret, the SQLite driver and the SVG icons at run time, so that nothing else pulls them in.
run_packages=(libqt6sql6-sqlite libqt6svg6 libsecret-1-0 libical3 libyaml-cpp0.7 qt6-translations-l10n fonts-dejavu-core)
# To show a window where there is no display.
headless_packages=(xvfb xauth openbox dbus imagemagick x11-utils procps)
# To test: a real keyring, a person's hands, nginx for HTTP/2 over TLS, a judge of JSON Schemas,
# SQLite to fail on purpose, a fast linker.
test_packages=(gnome-keyring xdotool xclip at-spi2-core python3 python3-pyatspi python3-gi gir1.2-atspi-2.0
    python3-jsonschema nginx-light openssl libsqlite3-dev lld)
# To fetch and run ical.js. Wherever npm is from, it will do.
command -v npm >/dev/null || test_packages+=(nodejs npm)
# For test.sh --deep.
deep_packages=(clang clang-tidy clazy libclang-rt-dev)

exit_other_system=69 # EX_UNAVAILABLE

# require_debian PACKAGE...: ends the script on a system whose package names are not known here.
require_debian() {
    local id="" version=""
    if [ -r /etc/os-release ]; then
        id=$(. /etc/os-release && printf %s "${ID:-}")
        version=$(. /etc/os-release && printf %s "${VERSION_ID:-}")
    fi
    case "$id-$version" in
    debian-12) return 0 ;;
    ubuntu-24.04)
        echo "Ubuntu 24.04 has the same packages, but nobody has tried Latchkey on it yet."
        return 0
        ;;
    esac
    {
        echo "This script installs packages on Debian 12; this is ${id:-an unknown system}${version:+ $version}."
        echo "Latchkey needs a C++20 compiler, CMake 3.24, Ninja, Qt 6.4 (Base, Svg, Linguist tools), QtKeychain,"
        echo "QCoro 0.7, libsodium, libical, RapidJSON and yaml-cpp. On Debian 12 these are the packages:"
        printf '    %s\n' "$@"
        echo "With them in place: cmake --preset release -DLATCHKEY_TESTS=OFF && cmake --build --preset release"
    } >&2
    exit "$exit_other_system"
}

# install_packages WHY PACKAGE...: installs those that are missing; does nothing, not even ask apt, where none is.
install_packages() {
    local why=$1 package missing=()
    shift
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing, and there is no sudo. As root: apt-get install ${missing[*]}" >&2
            exit "$exit_other_system"
        fi
        sudo=(sudo)
        echo "sudo may ask for your password, to install packages with apt."
    fi
    echo "Installing $why: ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# install_readers FOLDER: what the tests read the expiry feeds with: ical.js, and promtool without the server that its
# package would start.
install_readers() {
    local folder=$1 file
    mkdir -p "$folder" || return
    for file in package.json package-lock.json; do
        cmp -s "tests/readers/$file" "$folder/$file" || rm -rf "$folder/node_modules"
        cp "tests/readers/$file" "$folder" || return
    done
    if [ ! -d "$folder/node_modules/ical.js" ]; then
        echo "Installing ical.js into $folder"
        (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    fi
    if ! command -v promtool >/dev/null && [ ! -x "$folder/usr/bin/promtool" ]; then
        echo "Unpacking promtool into $folder"
        (cd "$folder" && apt-get download -qq prometheus && dpkg-deb --fsys-tarfile prometheus_*.deb |
            tar -x ./usr/bin/promtool && rm prometheus_*.deb) || return
    fi
}
