#!/bin/bash
# Trainings over two and three hosts that are network namespaces of this machine: TCP alone between them, once with as much bandwidth as there is and once with 50 Mbit/s, which must give the same bytes.
# Then the last host is cut off in the middle: all ranks must end with a coded error, nothing may stay behind on any host, and the same command must go on to the same bytes.
# Asks for root, iproute2 and Open MPI 4 (openmpi-bin). Takes five minutes. Usage: tests/several-hosts.sh [folder for the runs]; EXTRA=-p:Classes=0-1 and RATE=none make it shorter
set -u
cd "$(dirname "$0")/.." || exit 1
for tool in ip tc mpirun.openmpi; do command -v $tool > /dev/null || { echo "skipped: there is no $tool"; exit 0; }; done
dotnet build src/ZfDecl.Cli -nologo -v quiet || exit 1            # here: a compiler that is left running is no process of a host
ip netns add zf1 2> /dev/null || { echo "skipped: network namespaces are not permitted here"; exit 0; }
runs=${1:-$(mktemp -d)}; mkdir -p "$runs"
all="1 2 3"
timeout=${TIMEOUT:-10}            # of a machine that is busy, more
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
clean() { for n in $all; do kill -9 $(ip netns pids zf$n); ip netns del zf$n; ip link del zfv$n; done; ip link del zfbridge; rm -f "$runs/agent"; } 2> /dev/null
trap clean EXIT
ip link add zfbridge type bridge && ip link set zfbridge up
for n in $all; do
    ip netns add zf$n 2> /dev/null
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
train() { # run, hosts
    local hosts=10.77.0.1:1; for n in $(seq 2 "$2"); do hosts=$hosts+10.77.0.$n:1; done
    ip netns exec zf1 dotnet msbuild -t:Train -nologo "-p:Launch=\"$launch\"" -p:Hosts=$hosts -p:Timeout=$timeout -p:Epochs=3 -p:Threads=1 -p:Artifacts="$runs" "-p:Run=$1" ${EXTRA:-}
}
fail() { echo "FAILED: $1"; exit 1; }
same() { cmp "$runs/Fashion/$1/weights.safetensors" "$runs/Fashion/$2/weights.safetensors" || fail "the weights of $2 differ from those of $1"; }

for count in 2 3; do
    echo "$count hosts"
    train "whole$count" $count > "$runs/whole$count.log" 2>&1 || { tail -20 "$runs/whole$count.log"; fail "it did not end well"; }
    grep -E "ranks:|epoch ./.: loss|s, .* images/s" "$runs/whole$count.log"

    if [ "${RATE:=50mbit}" != none ]; then
    echo "$count hosts, $RATE"
    for n in $all; do ip netns exec zf$n tc qdisc add dev eth0 root tbf rate $RATE burst 256kb latency 100ms || fail "tc has no tbf"; done
    train "slow$count" $count > "$runs/slow$count.log" 2>&1 || { tail -20 "$runs/slow$count.log"; fail "it did not end well"; }
    for n in $all; do ip netns exec zf$n tc qdisc del dev eth0 root; done
    grep -E "s, .* images/s" "$runs/slow$count.log"
    same "whole$count" "slow$count"
    fi

    echo "$count hosts, and the last is cut off in the second epoch"
    train "cut$count" $count > "$runs/cut$count.log" 2>&1 &
    command=$!
    until grep -q "epoch 1/3: loss" "$runs/cut$count.log"; do kill -0 $command 2> /dev/null || fail "it ended before"; sleep 0.2; done
    ip link set zfv$count down
    began=$SECONDS
    wait $command && fail "it ended well"
    echo "it ended $((SECONDS - began)) s after the cut"
    grep -oE "error ZF156[45]: .*" "$runs/cut$count.log" | head -1 | grep . || fail "there is no word of the lost rank"
    [ "$(grep -c "error ZF" "$runs/cut$count.log")" -le 2 ] || { grep "error ZF" "$runs/cut$count.log"; fail "the error is said more than once"; }     # MSBuild repeats it in its summary
    until [ -z "$(for n in $all; do ip netns pids zf$n; done)" ]; do
        [ $((SECONDS - began)) -lt $((6 * timeout)) ] || { for n in $all; do ip netns pids zf$n | xargs -r ps -o args= -p; done; fail "processes are left"; }
        sleep 0.5
    done
    echo "nothing is left on any host $((SECONDS - began)) s after the cut"
    ip link set zfv$count up

    echo "the same command goes on"
    train "cut$count" $count > "$runs/on$count.log" 2>&1 || { tail -20 "$runs/on$count.log"; fail "it did not go on"; }
    grep -E "going on" "$runs/on$count.log"
    same "whole$count" "cut$count"
    echo "the weights are those of an uninterrupted training, to the byte"
done
