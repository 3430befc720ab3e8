#!/bin/bash
# A training over two hosts that are network namespaces of this machine: TCP alone between them. The second host is cut off in the middle; both ranks must end with a coded error, and the
# same command must go on. Asks for root, iproute2 and Open MPI 4 (openmpi-bin). Takes two minutes. Usage: tests/several-hosts.sh [folder for the runs]
set -u
cd "$(dirname "$0")/.." || exit 1
for tool in ip mpirun.openmpi; do command -v $tool > /dev/null || { echo "skipped: there is no $tool"; exit 0; }; done
ip netns add zf1 2> /dev/null || { echo "skipped: network namespaces are not permitted here"; exit 0; }
runs=${1:-$(mktemp -d)}; mkdir -p "$runs"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
clean() { for n in 1 2; do kill -9 $(ip netns pids zf$n); done; ip netns del zf1; ip netns del zf2; ip link del zfv1; ip link del zfv2; ip link del zfbridge; rm -f "$runs/agent"; } 2> /dev/null
trap clean EXIT
ip netns add zf2
ip link add zfbridge type bridge && ip link set zfbridge up
for n in 1 2; do
    ip link add zfv$n type veth peer name eth0 netns zf$n
    ip link set zfv$n master zfbridge up
    ip -n zf$n addr add 10.77.0.$n/24 dev eth0
    ip -n zf$n link set lo up
    ip -n zf$n link set eth0 up
done
# What mpirun takes for ssh: the last number of a host's address names its namespace.
cat > "$runs/agent" << 'AGENT'
#!/bin/bash
while [ "${1#-}" != "$1" ]; do shift; done
host=$1; shift
exec ip netns exec "zf${host##*.}" sh -c "$*"
AGENT
chmod +x "$runs/agent"
launch="mpirun.openmpi --oversubscribe --mca plm_rsh_agent $runs/agent --mca plm_rsh_no_tree_spawn 1 --mca btl tcp,self --mca btl_tcp_if_include 10.77.0.0/24 --mca oob_tcp_if_include 10.77.0.0/24"
train() { ip netns exec zf1 dotnet msbuild -t:Train -nologo "-p:Launch=\"$launch\"" -p:Hosts=10.77.0.1:1+10.77.0.2:1 -p:Timeout=5 -p:Epochs=3 -p:Threads=1 -p:Artifacts="$runs" "-p:Run=$1"; }
fail() { echo "FAILED: $1"; exit 1; }

echo "a training over two hosts"
train whole > "$runs/whole.log" 2>&1 || { tail -20 "$runs/whole.log"; fail "it did not end well"; }
grep -E "ranks:|epoch ./.: loss|s, .* images/s" "$runs/whole.log"

echo "the same, and the second host is cut off in the second epoch"
train cut > "$runs/cut.log" 2>&1 &
command=$!
until grep -q "epoch 1/3: loss" "$runs/cut.log"; do kill -0 $command 2> /dev/null || fail "it ended before"; sleep 0.2; done
ip link set zfv2 down
began=$SECONDS
wait $command && fail "it ended well"
echo "it ended $((SECONDS - began)) s after the cut"
grep -o "error ZF1564: .*" "$runs/cut.log" | head -1 || fail "there is no word of the lost rank"
[ "$(grep -c "error ZF" "$runs/cut.log")" -le 2 ] || { grep "error ZF" "$runs/cut.log"; fail "the error is said more than once"; }     # MSBuild repeats it in its summary
sleep 8
! pgrep -f "ZfDecl.Cli.dll train .*$runs" > /dev/null || fail "ranks are left"
ip link set zfv2 up

echo "the same command goes on"
train cut > "$runs/on.log" 2>&1 || { tail -20 "$runs/on.log"; fail "it did not go on"; }
grep -E "going on" "$runs/on.log"
cmp "$runs/Fashion/whole/weights.safetensors" "$runs/Fashion/cut/weights.safetensors" || fail "the weights differ from those of an uninterrupted training"
echo "the weights are those of an uninterrupted training, to the byte"
