#!/usr/bin/env bash
# Builds the release as one folder and as a Debian package, both in `.build-package/`. Called by `make package`.
#   .build-package/maillage/                     the folder: the program and what it serves; runs from anywhere
#   .build-package/maillage_VERSION_ARCH.deb     the package
# MAILLAGE_PACKAGE_PROGRAM=PATH packages a program that is built already (with its resources beside it) instead of building one.
set -euo pipefail
cd "$(dirname "$0")/.."

work=.build-package
folder=$work/maillage
stage=$work/stage
mkdir -p "$work"

program=${MAILLAGE_PACKAGE_PROGRAM:-}
sources=.build
if [[ -z $program ]]; then
    sources=$work/build
    # Foundation and the Swift runtime go into the program: the machine that serves needs no Swift.
    swift build --scratch-path "$sources" -c release --product maillage --static-swift-stdlib
    program=$(swift build --scratch-path "$sources" -c release --product maillage --static-swift-stdlib \
        --show-bin-path)/maillage
fi

rm -rf "$folder" "$stage"
mkdir -p "$folder"
install -m 0755 "$program" "$folder/maillage"
strip --strip-debug "$folder/maillage"
cp -R "$(dirname "$program")/maillage_MaillageWeb.resources/Public" "$folder/Public"
cp LICENSE "$folder/LICENSE"
if ldd "$folder/maillage" | grep -E 'libswift|libFoundation'; then
    echo "package: the program asks for Swift's libraries, which the machine that serves does not have" >&2
    exit 1
fi

# What the program says of itself, by itself.
"$folder/maillage" settings --template >"$work/maillage.toml"

name=$(sed -n 's/.*static let name = "\(.*\)"/\1/p' Sources/Kernel/ProgramVersion.swift)
moment=$(git log -1 --format=%cd --date=format:%Y%m%d%H%M 2>/dev/null || date -u +%Y%m%d%H%M)
version="${name//-/\~}+$moment"
architecture=$(dpkg --print-architecture)
packaging/components.py "$folder/maillage" "$version" "$sources" >"$folder/components.cdx.json"

# What the packages of setup/packages.txt tagged `run` bring to a machine that only serves; the libraries that the program is
# linked with are read from the program itself.
needs=$(sed 's/#.*//' setup/packages.txt | awk '$1 == "run" && $2 !~ /-dev$|^git$|^pkg-config$/ { print $2 }' | paste -sd, -)
mkdir -p "$stage/debian"
printf 'Source: maillage\n\nPackage: maillage\nArchitecture: any\n' >"$stage/debian/control"
libraries=$(cd "$stage" && dpkg-shlibdeps --ignore-missing-info -O -e"$OLDPWD/$folder/maillage" 2>/dev/null |
    sed -n 's/^shlibs:Depends=//p')
rm -rf "$stage/debian"
[[ -n $libraries ]] || {
    echo "package: dpkg-shlibdeps says nothing of the program's libraries" >&2
    exit 1
}

documents=$stage/usr/share/doc/maillage
install -d "$stage/DEBIAN" "$stage/usr/bin" "$stage/usr/lib/maillage" "$stage/lib/systemd/system" "$documents/examples"
install -m 0755 packaging/maillage.sh "$stage/usr/bin/maillage"
install -m 0755 "$folder/maillage" "$stage/usr/lib/maillage/maillage"
cp -R "$folder/Public" "$stage/usr/lib/maillage/Public"
install -m 0644 packaging/maillage.service packaging/maillage.socket "$stage/lib/systemd/system/"
install -m 0644 packaging/README.Debian docs/OPERATIONS.md docs/SETTINGS.md docs/CLI.md "$folder/components.cdx.json" "$documents/"
install -m 0644 packaging/examples/nginx.conf packaging/examples/Caddyfile "$work/maillage.toml" "$documents/examples/"
install -m 0644 LICENSE "$documents/copyright"
gzip -9n <CHANGELOG.md >"$documents/changelog.gz"
chmod 0644 "$documents/changelog.gz"
find "$stage/usr" -type d -exec chmod 0755 {} +
find "$stage/usr/lib/maillage/Public" -type f -exec chmod 0644 {} +
install -m 0755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$stage/DEBIAN/"

size=$(du -sk --exclude=DEBIAN "$stage" | cut -f1)
cat >"$stage/DEBIAN/control" <<CONTROL
Package: maillage
Version: $version
Architecture: $architecture
Maintainer: Maillage <maillage@localhost>
Installed-Size: $size
Depends: $libraries, adduser, init-system-helpers, util-linux, ${needs//,/, }
Recommends: msmtp
Suggests: nginx | caddy, clamav-daemon, postgresql-client
Section: web
Priority: optional
Description: site of a network of third places
 The directory of the places, their circles, calls for projects with their
 dossiers and receipts, instruction, juries, decisions and the ledger of
 funding, in one program with its database inside.
CONTROL
(cd "$stage" && find usr lib -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)

package=$work/maillage_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$stage" "$package" >/dev/null
rm -rf "$stage"
echo "$folder"
echo "$package"
