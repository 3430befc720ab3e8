#!/usr/bin/env bash
# Packs, and uses the packages as somebody would who has nothing but the SDK: in a fresh folder with an empty package cache, from a feed of the two packages beside the ordinary sources.
# tests/package.sh                   template → Train → Visualize → Predict → publish: 3 minutes
# tests/package.sh --all             and other consumers, each a file of tests/package/; needs python3
# tests/package.sh --only <name> …   of those only these, such as library
# tests/package.sh --made <folder>   uses packages that were packed before
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES=${ZFDECL_PACKAGES:-$work/cache} DOTNET_CLI_HOME=$work/home
parts=() short=yes feed=$work/feed
while [ $# -gt 0 ]; do
    case $1 in
        --all) parts=("$repository"/tests/package/*.sh) ;;
        --only) short=no && parts+=("$repository/tests/package/$2.sh") && shift ;;
        --made) feed=$(cd "$2" && pwd) && shift ;;
        *) echo "unknown option $1" && exit 2 ;;
    esac
    shift
done

# quietly <command …>: shows its output where it fails.
quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log"; echo "FAILED: $*"; exit 1; }; }

# says <text> <command …>: the command succeeds, and its output has the text.
says() {
    local text=$1 && shift
    quietly "$@"
    grep -qF -- "$text" "$work/log" || { cat "$work/log"; echo "FAILED: '$text' is not in the output of: $*"; exit 1; }
}

# refuses <text> <command …>: the command fails, and says why.
refuses() {
    local text=$1 && shift
    if "$@" >"$work/log" 2>&1 || ! grep -qF -- "$text" "$work/log"; then
        cat "$work/log"; echo "FAILED: no refusal with '$text': $*"; exit 1
    fi
}

step() { printf '%4d s  %s\n' "$SECONDS" "$1"; }

pack() {
    (unset NUGET_PACKAGES DOTNET_CLI_HOME && quietly dotnet pack "$repository/packages/ZfDecl" -o "$1" && quietly dotnet pack "$repository/packages/ZfDecl.Templates" -o "$1")
}

[ -d "$feed" ] || { pack "$feed" && step "packed"; }
package=$(ls "$feed"/ZfDecl.[0-9]*.nupkg)
[ "$(stat -c %s "$package")" -lt 12000000 ] || { echo "FAILED: $package is larger than 12 MB"; exit 1; }
echo '<Project><Target Name="Unpack"><Unzip SourceFiles="$(Package)" DestinationFolder="$(To)" /></Target></Project>' >"$work/unpack.proj"
quietly dotnet msbuild "$work/unpack.proj" -t:Unpack "-p:Package=$package" "-p:To=$work/unpacked"
! grep -rlaF -e "$repository" -e "$HOME/" "$work/unpacked" || { echo "FAILED: these files name a folder of this machine"; exit 1; }

cat >"$work/nuget.config" <<EOF
<configuration><packageSources><add key="packed" value="$feed" /></packageSources></configuration>
EOF
cd "$work"
quietly dotnet new install "$feed"/ZfDecl.Templates.*.nupkg
step "installed the templates"

picture=$repository/specs/pictures/conv5.png

three_commands() {
    # The three commands: a project, a training, a picture.
    quietly dotnet new zfdecl -o MyNet
    cd MyNet
    says "validation images" dotnet build -t:Train -p:Epochs=1
    step "trained on the embedded images"
    quietly dotnet build -t:Visualize -p:Layers=conv1
    [ -n "$(find artifacts/MyNet/default/visualize -name '*.png' -print -quit)" ] || { echo "FAILED: no picture"; exit 1; }
    step "visualised"
    says "predictions.png" dotnet build -t:Predict "-p:Image=$picture"
    quietly dotnet publish MyNet.csproj -o "$work/published"
    (cd "$work/published" && says "projection.png: what excites map" dotnet MyNet.dll "$picture")
    step "published, and the published program has classified a picture"

    # A spec's error stands on its line, in a build and in a command.
    quietly dotnet new zfdecl-spec --name Deep --base MyNet
    echo "change: { conv2: { mapz: 12 } }" >>specs/Deep.yaml
    refuses "specs/Deep.yaml(10,20): error ZF0101" dotnet build
    rm specs/Deep.yaml
    step "a spec's error stands on its line"
}
[ "$short" = no ] || three_commands

# few <folder>: six small grey pictures of two classes.
few() {
    python3 - "$1" <<'EOF'
import os, struct, sys, zlib
chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
for part, count in (("train", 24), ("val", 8)):
    for name in ("bars", "stripes"):
        os.makedirs(f"{sys.argv[1]}/{part}/{name}", exist_ok=True)
        for i in range(count):
            rows = b"".join(b"\0" + bytes(255 if ((x if name == "bars" else y) + i) // 3 % 2 else 10 * (i % 9) for x in range(28)) for y in range(28))
            with open(f"{sys.argv[1]}/{part}/{name}/{i}.png", "wb") as file:
                file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 28, 28, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
EOF
}

# project <folder> <output type> <text of the project>: a project with the README's network and a program.
project() {
    mkdir -p "$work/$1/specs"
    cat >"$work/$1/$(basename "$1").csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>$2</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>
$3
</Project>
EOF
    awk '/^```yaml/ { inside = 1; next } /^```/ { if (inside) exit } inside' "$repository/README.md" >"$work/$1/specs/digits.yaml"
    cd "$work/$1"
}
version=$(sed -E 's/.*ZfDecl\.([0-9].*)\.nupkg/\1/' <<<"$package")
ours="<ItemGroup><PackageReference Include=\"ZfDecl\" Version=\"$version\" /></ItemGroup>"
fast=(-p:Epochs=1 -p:Batch=8 "-p:Data=$work/pictures")

[ ${#parts[@]} -eq 0 ] || few "$work/pictures"
for part in "${parts[@]}"; do
    (cd "$work"; . "$part")
done
