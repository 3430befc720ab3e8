#!/usr/bin/env bash
# Makes a project of one's own with a clone, of what is printed in README.md and docs/package.md, in a new folder, and runs it: tests/own-project.sh [folder name]
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$work/${1:-app}
mkdir -p -- "$app/specs"
git clone --quiet "$repository" "$app/zfdecl"
cd -- "$app"

# block <language> <text>: the first block of that language in which the text stands.
block() {
    awk -v start="\`\`\`$1" -v text="$2" '
        $0 == start { inside = 1; body = ""; next }
        $0 == "```" { if (inside && index(body, text)) { printf "%s", body; exit } inside = 0 }
        inside { body = body $0 "\n" }' zfdecl/README.md zfdecl/docs/package.md
}
block yaml "network: Digits" >specs/digits.yaml
block csharp "new Digits()" >Program.cs
block xml "MyApp.csproj" >MyApp.csproj
block xml "Directory.Build.targets" >Directory.Build.targets
mkdir api && printf 'openapi: 3.0.0\npaths: {}\n' >api/openapi.yaml
# Another generator's YAML among the additional files is no spec.
sed -i 's|<AdditionalFiles|<AdditionalFiles Include="api/*.yaml" />\n    &|' MyApp.csproj

said=$(dotnet run 2>&1 | tail -n 20)
echo "$said"
# The page says what it prints.
grep -qxF "$(grep -oE '^`[^`]*pixels; a unit sees [^`]*' zfdecl/docs/package.md | tr -d '`')" <<<"$said"
! grep -qE 'warning|error' <<<"$said"
