#!/bin/bash
# Kills one of three ranks at random moments of a training, twenty times; each time all ranks must end with an error, and the same command must go on, in the end to the bytes of a training that nobody
# has killed. Asks for MPI. Takes ten minutes. Usage: tests/killed-ranks.sh [mpirun] [folder for the runs] [kills]; EXTRA=-p:Classes=0-1 makes it shorter
set -u
cd "$(dirname "$0")/.." || exit 1
mpirun=${1:-mpirun}
command -v "$mpirun" > /dev/null || { echo "skipped: there is no $mpirun"; exit 0; }
runs=${2:-$(mktemp -d)}; kills=${3:-20}; mkdir -p "$runs"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
case $("$mpirun" --version 2>&1) in *"Open MPI"* | *OpenRTE*) launch="$mpirun --oversubscribe -n 3";; *) launch="$mpirun -n 3";; esac
train() { dotnet msbuild -t:Train -nologo "-p:Launch=\"$launch\"" -p:Timeout=10 -p:Epochs=4 -p:Threads=1 -p:Artifacts="$runs" "-p:Run=$1" ${EXTRA:-}; }
fail() { echo "FAILED: $1"; exit 1; }
ranks() { pgrep -f "ZfDecl.Cli.dll train .*--artifacts=$runs" | while read -r pid; do [ "$(ps -o comm= -p "$pid")" = dotnet ] && echo "$pid"; done; }

dotnet build src/ZfDecl.Cli -nologo -v quiet || exit 1            # not a part of the training's time
began=$SECONDS
train whole > "$runs/whole.log" 2>&1 || { tail -20 "$runs/whole.log"; fail "it did not end well"; }
whole=$((SECONDS - began))
echo "a training takes $whole s"
for kill in $(seq "$kills"); do
    train killed > "$runs/killed.log" 2>&1 &
    command=$!
    sleep "$(awk -v most=$whole -v seed=$kill 'BEGIN { srand(seed); print 1 + rand() * most / 2 }')"
    victim=$(ranks | shuf -n 1)
    if [ -z "$victim" ]; then
        wait $command || { tail -5 "$runs/killed.log"; fail "kill $kill: there was no rank, and it did not end well"; }
        rm -rf "$runs/Fashion/killed"; echo "kill $kill: it had ended; begun anew"; continue
    fi
    kill -9 "$victim"
    for _ in $(seq 60); do kill -0 $command 2> /dev/null || break; sleep 1; done
    kill -0 $command 2> /dev/null && fail "kill $kill: it has not ended a minute later"
    wait $command && ! grep -q "results:" "$runs/killed.log" && fail "kill $kill: it ended well without a result"
    [ -z "$(ranks)" ] || fail "kill $kill: ranks are left"
    echo "kill $kill: $(grep -oE "going on .*|epoch ./.: loss" "$runs/killed.log" | head -1); $(grep -oE "error ZF[0-9]+|results:" "$runs/killed.log" | head -1)"
done
train killed > "$runs/on.log" 2>&1 || { tail -20 "$runs/on.log"; fail "it did not go on"; }
cmp "$runs/Fashion/whole/weights.safetensors" "$runs/Fashion/killed/weights.safetensors" || fail "the weights differ from those of a training that nobody has killed"
echo "the weights are those of a training that nobody has killed, to the byte"
