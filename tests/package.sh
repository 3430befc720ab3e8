#!/usr/bin/env bash
# Packs, and uses the packages as somebody would who has nothing but the SDK: in a fresh folder with an empty package cache, from a feed of the two packages beside the ordinary sources.
# tests/package.sh          template → Train → Visualize → Predict → publish: 3 minutes
# tests/package.sh --all    and other consumers: a library with the specs and an application, central versions, another generator, odd names, configurations, the same bytes twice; needs python3
# tests/package.sh --made <folder>   uses packages that were packed before
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES=${ZFDECL_PACKAGES:-$work/cache} DOTNET_CLI_HOME=$work/home
all=no feed=$work/feed
while [ $# -gt 0 ]; do
    case $1 in
        --all) all=yes ;;
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
[ "$all" = yes ] || exit 0

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
few "$work/pictures"

# In a solution, in Release, in parallel, and with its own test.
quietly dotnet new sln -n All --format slnx
quietly dotnet sln All.slnx add MyNet.csproj tests/MyNet.Tests.csproj
says "MyNet" dotnet build All.slnx -t:List
says "MyNet" dotnet build MyNet.csproj -c Release -m -t:List
refuses "no picture is approved yet" dotnet test tests/MyNet.Tests.csproj
mv tests/SnapshotTests.received.png tests/SnapshotTests.verified.png
quietly dotnet test tests/MyNet.Tests.csproj
step "in a solution, in Release, and tested"

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

# A library with the specs, and an application that knows the package through it alone.
project Both/Nets Library "$ours"
says "results: " dotnet build -t:Train "${fast[@]}"
project Both/App Exe '<ItemGroup><ProjectReference Include="../Nets/Nets.csproj" /></ItemGroup>'
rm -r specs && echo 'using var net = new Nets.Digits(); Console.WriteLine(net.call(TorchSharp.torch.zeros(1, 1, 28, 28)).shape[1]);' >Program.cs
says "10" dotnet run
says "no network is declared" dotnet build -t:List
step "a library with the specs, and an application"

# Central versions, beside generators of the SDK and another one's YAML, below a folder with a space and letters beyond ASCII; the namespace and the folder of specs are the project's.
project "Größe 1/Central" Exe '<PropertyGroup><ZfDeclNamespace>My.Networks</ZfDeclNamespace><ZfDeclSpecs>networks</ZfDeclSpecs><ZfDeclArtifacts>runs</ZfDeclArtifacts></PropertyGroup>
  <ItemGroup><PackageReference Include="ZfDecl" /><AdditionalFiles Include="api/*.yaml" /></ItemGroup>'
mv specs networks && mkdir api && printf 'openapi: 3.0.0\npaths: {}\n' >api/openapi.yaml
cat >Directory.Packages.props <<EOF
<Project>
  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally><CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled></PropertyGroup>
  <ItemGroup><PackageVersion Include="ZfDecl" Version="$version" /></ItemGroup>
</Project>
EOF
cat >Program.cs <<'EOF'
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
Console.WriteLine($"{My.Networks.Digits.Declaration.Name} {Words.Digits().IsMatch("7")} {System.Text.Json.JsonSerializer.Serialize(3, Context.Default.Int32)}");
internal static partial class Words { [GeneratedRegex("[0-9]")] public static partial Regex Digits(); }
[JsonSerializable(typeof(int))] internal sealed partial class Context : JsonSerializerContext;
EOF
says "Digits True 3" dotnet run
says "results: $PWD/runs/Digits/default" dotnet build -t:Train "${fast[@]}"
says "networks/digits.yaml" dotnet msbuild -t:List
refuses "ZF1705" dotnet build -p:ZfDeclNamespace=My-Net
refuses "ZF1703" dotnet build -p:TorchBackend=cuda
refuses "ZF1010" dotnet build -p:TorchBackend=gpu
refuses "did you mean -p:Epochs" dotnet build -t:Train -p:Epoch=3
step "central versions, another generator, an odd folder, own names"

# Another patch version of TorchSharp: the same package under another number, because no other is to be had.
python3 - "$NUGET_PACKAGES" "$feed" <<'EOF'
import glob, sys, zipfile
[found] = glob.glob(f"{sys.argv[1]}/torchsharp/*/torchsharp.*.nupkg")
version = found.rsplit("torchsharp.", 1)[1][:-6]
newer = version.rsplit(".", 1)[0] + ".99"
with zipfile.ZipFile(found) as old, zipfile.ZipFile(f"{sys.argv[2]}/TorchSharp.{newer}.nupkg", "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        if not name.endswith(".p7s"):
            data = old.read(name)
            new.writestr(name, data.replace(f"<version>{version}<".encode(), f"<version>{newer}<".encode()) if name.endswith(".nuspec") else data)
EOF
torch=$(basename "$(ls "$feed"/TorchSharp.*.nupkg)" .nupkg)
project Newer Exe "$ours<ItemGroup><PackageReference Include=\"TorchSharp\" Version=\"${torch#TorchSharp.}\" /></ItemGroup>"
echo 'using var net = new Newer.Digits(); Console.WriteLine(net.call(TorchSharp.torch.zeros(1, 1, 28, 28)).shape[1]);' >Program.cs
says "10" dotnet run
says "results: " dotnet build -t:Train "${fast[@]}"
rm "$feed/$torch.nupkg"
step "another patch version of TorchSharp"

# Specs that are not found by themselves.
project Switched Exe "$ours<PropertyGroup><EnableDefaultZfDeclSpecs>false</EnableDefaultZfDeclSpecs></PropertyGroup>"
echo 'Console.WriteLine(Switched.DeclaredNetworks.All.Count);' >Program.cs
says "0" dotnet run
step "specs switched off"

# The scripts.
cp -r "$repository/docs/scripts" "$work/scripts" && cd "$work/scripts" && sed -i 's/epochs: 8/epochs: 1/' specs/small.yaml
for script in train look compare; do quietly dotnet run "$script.cs"; done
[ "$(grep -c '<img' artifacts/Small/script/report/index.html)" -gt 0 ] || { echo "FAILED: no pictures on the page"; exit 1; }
step "three scripts, and a page"

# The same bytes from another clone.
if [ -z "$(git -C "$repository" status --porcelain)" ]; then
    git clone --quiet "$repository" "$work/clone"
    git -C "$repository" diff --quiet HEAD && (repository=$work/clone && pack "$work/again")
    for one in "$work"/again/*; do cmp "$one" "$feed/$(basename "$one")"; done
    step "the same bytes from another clone"
fi
