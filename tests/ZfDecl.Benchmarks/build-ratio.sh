#!/usr/bin/env bash
# What the generator costs a build in which nothing has changed: the same project built with it (A) and without it (B), in turns A B A B …
# Without it, the files that it would make are compiled as they are. Target: a ratio of the medians below 1.05.
#
#   tests/ZfDecl.Benchmarks/build-ratio.sh [rounds]          about 2 minutes for 15 rounds
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1
rounds=${1:-15}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# project <name> <attributes of the reference to the generator> <further items>
project() {
    mkdir -p "$work/$1"
    cat >"$work/$1/Models.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <RootNamespace>Models</RootNamespace>
    <NoWarn>NU1603</NoWarn>
    <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="$repository/src/ZfDecl/ZfDecl.csproj" />
    <ProjectReference Include="$repository/generators/ZfDecl.Generators/ZfDecl.Generators.csproj" ReferenceOutputAssembly="false" $2 />
    <CompilerVisibleProperty Include="RootNamespace" />
    <AdditionalFiles Include="$repository/specs/*.yaml" />
    $3
  </ItemGroup>
</Project>
EOF
}

build() { dotnet build "$work/$1" --nologo -v:q "${@:2}"; }
milliseconds() {
    local start
    start=$(date +%s%N)
    build "$1" --no-restore >/dev/null
    echo $((($(date +%s%N) - start) / 1000000))
}
median() { sort -n "$1" | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }

project with 'OutputItemType="Analyzer"' ''
build with >/dev/null
project without '' "<Compile Include=\"$work/with/obj/Debug/net10.0/generated/ZfDecl.Generators/**/*.cs\" />"
build without >/dev/null
for _ in $(seq "$rounds"); do
    milliseconds with >>"$work/a"
    milliseconds without >>"$work/b"
done
a=$(median "$work/a") b=$(median "$work/b")
awk -v a="$a" -v b="$b" -v n="$rounds" 'BEGIN { printf "with the generator %d ms, without %d ms, ratio %.3f (medians of %d rounds, A B A B)\n", a, b, a / b, n }'
