# Starts and ends one node for a load scenario, and reads what it costs. Sourced by the scenarios of bench/.
# shellcheck shell=bash
# The launcher has set RINGMASTER_HOME, JAVA_HOME and RINGMASTER_CLASSPATH.

set -euo pipefail
: "${RINGMASTER_HOME:?start me with ./ringmaster bench NAME}" "${JAVA_HOME:?}" "${RINGMASTER_CLASSPATH:?}"

bench="$RINGMASTER_HOME/bench"
work="$(mktemp -d "${BENCH_WORK:-$RINGMASTER_HOME/target}/bench-XXXXXX")"
node_pid=""

free_port() { # FIRST
    local port=$1
    while ss -Hlntu "sport = :$port" | grep -q .; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# The node is the product as it is delivered: same flags, journal with fsync, embedded PostgreSQL. Only the demo's instance
# is another one: a folder that lies before the jars on the class path and holds cluster-config/demo/instance.json.
start_node() { # INSTANCE_FOLDER
    local instance=$1 tries=0
    http_port=$(free_port $((18080 + RANDOM % 500)))
    sip_port=$(free_port $((15060 + RANDOM % 500)))
    export RINGMASTER_HTTP=127.0.0.1:$http_port RINGMASTER_SIP=127.0.0.1:$sip_port RINGMASTER_DATA=$work/data
    export RINGMASTER_MEDIA=${BENCH_MEDIA:-127.0.0.1:40000-59999} RINGMASTER_DEMO_CARRIER=127.0.0.1:6068
    # shellcheck disable=SC2086
    env -u RINGMASTER_HOME -u RINGMASTER_CLASSPATH "$JAVA_HOME/bin/java" "@$RINGMASTER_HOME/cluster-config/reference/jvm.options" "-Dringmaster.home=$RINGMASTER_HOME" ${BENCH_JAVA:-} \
        -cp "$instance:$RINGMASTER_CLASSPATH" dev.ringmaster.Main demo >"$work/node.log" 2>&1 &
    node_pid=$!
    until grep -q '^ringmaster ready' "$work/node.log"; do
        kill -0 "$node_pid" 2>/dev/null && ((tries++ < 1200)) || { cat "$work/node.log" >&2; echo "the node did not start" >&2; exit 1; }
        sleep 0.1
    done
    postmaster=$(pgrep -P "$node_pid" -x postgres | head -1 || true)
    [[ -n $postmaster ]] || postmaster=$(head -1 "$(find "$RINGMASTER_DATA" -name postmaster.pid | head -1)")
}

end_node() {
    if [[ -n $node_pid ]] && kill "$node_pid" 2>/dev/null; then
        timeout 40 tail --pid="$node_pid" -f /dev/null || kill -9 "$node_pid"
    fi
    node_pid=""
    rm -rf "$work/data"
}

stop_node() {
    trap - EXIT
    [[ -z ${agents_pid:-} ]] || kill "$agents_pid" 2>/dev/null || true
    if [[ -z ${BENCH_KEEP:-} ]]; then end_node; elif [[ -n $node_pid ]]; then kill "$node_pid"; fi
    if [[ -n ${BENCH_KEEP:-} ]]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap stop_node EXIT

# CPU ticks (10 ms) of the java process; of the database server and all its backends, the ended ones included.
node_ticks() { awk '{print $14 + $15}' "/proc/$node_pid/stat"; }
# The same of its compiler threads and of its garbage collector: the first goes away with time, the second does not.
compiler_ticks() { thread_ticks '^(C1|C2) '; }
collector_ticks() { thread_ticks '^(Z|G1|GC|VM)'; }
thread_ticks() { # NAMES
    cat /proc/"$node_pid"/task/*/stat 2>/dev/null | awk -v names="$1" '
        { name = $0; sub(/^[0-9]+ \(/, "", name); rest = name; sub(/\) [A-Z] .*/, "", name); sub(/^.*\) /, "", rest); split(rest, v, " ") }
        name ~ names { sum += v[12] + v[13] } END { print sum + 0 }'
}
database_ticks() {
    local one
    for one in "$postmaster" $(pgrep -P "$postmaster"); do cat "/proc/$one/stat" 2>/dev/null || true; done |
        awk -v top="$postmaster" '{sum += $14 + $15; if ($1 == top) sum += $16 + $17} END {print sum}'
}
resident_mb() { awk '/^VmRSS/ {printf "%d", $2 / 1024}' "/proc/$node_pid/status"; }
idle_ticks() { awk '/^cpu /{print $5 + $6, $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9}' /proc/stat; }

conditions() {
    printf 'machine: %s cores, %s, load %s, %s\n' "$(nproc)" "$(awk -F: '/model name/ {print $2; exit}' /proc/cpuinfo | tr -s ' ')" \
        "$(cut -d' ' -f1-3 /proc/loadavg)" "$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p)"
    printf 'java flags: %s %s\n' "$(grep -v '^#' "$RINGMASTER_HOME/cluster-config/reference/jvm.options" | tr '\n' ' ' | tr -s ' ')" "${BENCH_JAVA:-}"
    printf 'database: embedded PostgreSQL, fsync on; data on %s\n' "$(df --output=fstype,target "$work" | tail -1 | tr -s ' ')"
}
