#!/usr/bin/env bash
# Runs the README's two commands in clones below folders with unusual names, beside a plain console project, which decides whether a name is possible at all.
# tests/odd-folders.sh [name …]; without names all of them, an hour on 2 cores. (Of a
# quotation mark or a bar the compiler's own switches make another path, as of any project's .editorconfig.) The tests of the second command are those of the build and of paths.
set -uo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
[ $# -gt 0 ] || set -- 'C#' 'zfdecl (1)' "O'Malley" 'a & b' 'a%20b' '100%' 'a@b' 'a$(x)b' 'a;b' 'a,b' 'a!b' 'a+b' 'a=b' 'a[x]b' 'a{x}b' 'a~b' 'a^b' \
    'a<b' 'a`b' 'äöü' '日本語' '😀' 'a.' '-a' "$(printf 'long%.0s' {1..50})"

plain() {
    mkdir plain && cd plain || return
    echo 'System.Console.WriteLine("hi");' >Program.cs
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>' >plain.csproj
    dotnet build -v:q && [ "$(dotnet bin/Debug/net10.0/plain.dll)" = hi ]
}

ours() {
    git clone --quiet "$repository" zfdecl && cd zfdecl || return
    dotnet msbuild -t:Train -p:Epochs=1 &&
        [ -s artifacts/Fashion/default/weights.safetensors ] &&
        dotnet test ZfDecl.sln --filter 'FullyQualifiedName~NativeCopy|FullyQualifiedName~SourceMap|FullyQualifiedName~VerbsTests|FullyQualifiedName~EmbeddedData'
}

for name; do
    mkdir -p -- "$work/$name"
    if ! (cd -- "$work/$name" && plain) >"$work/log" 2>&1; then
        echo "not possible for a plain project: $name"
    elif (cd -- "$work/$name" && ours) >"$work/log" 2>&1; then
        echo "works: $name"
    else
        grep -m 5 -iE 'error|fail' "$work/log" | cut -c1-300
        echo "FAILS: $name"
        failed=1
    fi
    rm -rf -- "${work:?}/$name"
done
exit "$failed"
