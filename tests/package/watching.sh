# dotnet watch follows specs: an edit builds again, an error stands on its line, and what is mended becomes new members.
quietly dotnet new zfdecl -o Watched && cd Watched
quietly dotnet restore Watched.csproj
dotnet watch --non-interactive build Watched.csproj >"$work/watched" 2>&1 &
watch=$!
trap 'kill "$watch" 2>/dev/null || true' EXIT

# until_said <count> <text>: waits until what is watched has said it so often.
until_said() {
    for _ in $(seq 300); do
        [ "$(grep -cF -- "$2" "$work/watched")" -ge "$1" ] && return
        sleep 1
    done
    cat "$work/watched"; echo "FAILED: dotnet watch build has not said: $2"; exit 1
}
until_said 1 "-> $PWD/bin/Debug/net10.0/Watched.dll"
until_said 1 "Waiting for a file to change"
sed -i 's/drop4, rate: 0.5/drop4, rate: 2/' specs/Watched.yaml
until_said 1 "specs/Watched.yaml(26,29): error ZF0104"
until_said 2 "Waiting for a file to change"
sed -i 's/drop4, rate: 2/seldom4, rate: 0.5/' specs/Watched.yaml
until_said 2 "-> $PWD/bin/Debug/net10.0/Watched.dll"
grep -q Seldom4 bin/Debug/net10.0/Watched.dll || { echo "FAILED: Watched.dll has no Seldom4"; exit 1; }
step "dotnet watch build follows a spec"
