#!/usr/bin/env bash
# Make sure that the system packages of the named groups are there; install what is missing, nothing else.
# Usage: scripts/debian.sh GROUP...   Groups: python qt window demo test bench dist
set -euo pipefail

# group  how to see that it is there                     Debian package
table='
python   module:ensurepip                                python3-venv
qt       library:libEGL.so.1                             libegl1
qt       library:libGL.so.1                              libgl1
qt       library:libdbus-1.so.3                          libdbus-1-3
qt       library:libfontconfig.so.1                      libfontconfig1
qt       library:libglib-2.0.so.0                        libglib2.0-0
qt       library:libxkbcommon.so.0                       libxkbcommon0
window   library:libxcb-cursor.so.0                      libxcb-cursor0
window   library:libxcb-icccm.so.4                       libxcb-icccm4
window   library:libxcb-image.so.0                       libxcb-image0
window   library:libxcb-keysyms.so.1                     libxcb-keysyms1
window   library:libxcb-render-util.so.0                 libxcb-render-util0
window   library:libxcb-shape.so.0                       libxcb-shape0
window   library:libxcb-xkb.so.1                         libxcb-xkb1
window   library:libxkbcommon-x11.so.0                   libxkbcommon-x11-0
demo     program:softhsm2-util                           softhsm2
demo     program:pdftoppm                                poppler-utils
test     program:pdfsig                                  poppler-utils
test     program:pdffonts                                poppler-utils
test     program:qpdf                                    qpdf
test     program:xmlsec1                                 xmlsec1
test     program:zbarimg                                 zbar-tools
bench    library:libpango-1.0.so.0                       libpango-1.0-0
bench    library:libpangoft2-1.0.so.0                    libpangoft2-1.0-0
bench    library:libharfbuzz-subset.so.0                 libharfbuzz-subset0
dist     program:objdump                                 binutils
'

present() {
    local name=${1#*:}
    case $1 in
        program:*) command -v "$name" >/dev/null ;;
        library:*) [[ -z $libraries ]] || grep -qF "$name " <<<"$libraries" ;; # no ldconfig: nothing to ask
        module:*) "$python" -c "import $name" 2>/dev/null ;;
    esac
}

list_missing() {
    libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
    while read -r group check package; do
        [[ -n $group && " $groups " == *" $group "* ]] || continue
        present "$check" || echo "$package"
    done <<<"$table" | sort -u
}

groups=$*
python=$(scripts/python.sh)
mapfile -t missing < <(list_missing)
((${#missing[@]})) || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Missing on this machine (Debian names; install the like with your package manager): ${missing[*]}" >&2
    exit 1
fi
if [[ $(id -u) -eq 0 ]]; then
    as_root=(env)
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Some system packages are missing. Run this once, then make again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
    exit 1
fi
echo "Installing system packages: ${missing[*]}"
"${as_root[@]}" apt-get update -qq || echo "apt-get update failed; trying with the lists that are there" >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
mapfile -t missing < <(list_missing)
if ((${#missing[@]})); then
    echo "Installed, but still not found on this machine: ${missing[*]}" >&2
    exit 1
fi
