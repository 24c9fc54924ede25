# Agents without browsers: a seeded instance and load clients on live sockets. Sourced after node.sh, which has started a
# node with RINGMASTER_TEST_LINES=on.
# shellcheck shell=bash

clients="$work/clients"

# The load clients are test code of http-api and media, compiled here against the jars that the node runs on.
compile_clients() {
    mkdir -p "$clients"
    "$JAVA_HOME/bin/javac" -nowarn -proc:none -cp "$RINGMASTER_CLASSPATH" -d "$clients" \
        "$RINGMASTER_HOME"/http-api/src/test/java/dev/ringmaster/bench/*.java \
        "$RINGMASTER_HOME"/engine/media/src/test/java/dev/ringmaster/media/load/*.java \
        "$RINGMASTER_HOME"/engine/media/src/test/java/dev/ringmaster/media/dtls/SrtpClient.java
}

client() { # CLASS arguments…
    local class=$1
    shift
    "$JAVA_HOME/bin/java" -Xmx${CLIENT_HEAP:-768m} -XX:+UseSerialGC -cp "$clients:$RINGMASTER_CLASSPATH" "dev.ringmaster.bench.$class" "$@"
}

# Instance `load` with so many agents in so many groups; number 3000 + g leads to the queue of group g. A node takes a new
# trunk within seconds.
seed() { # AGENTS GROUPS
    client Seed "$RINGMASTER_DATA" "$1" "$2" "$work/tokens"
    sleep 6
}

# Brings agents on duty and returns; they work until `end_agents`, which prints what they saw.
start_agents() { # AGENTS ANSWER_MS TALK_MS WRAP_UP_MS MAX_SECONDS
    local tries=0
    mkfifo "$work/to-agents"
    client Agents "http://127.0.0.1:$http_port" "$work/tokens" "$@" <"$work/to-agents" >"$work/agents.txt" 2>"$work/agents.log" &
    agents_pid=$!
    exec 4>"$work/to-agents"
    until grep -q '^on duty' "$work/agents.txt"; do
        kill -0 "$agents_pid" 2>/dev/null && ((tries++ < 1800)) || { cat "$work/agents.log" >&2; echo "the agents did not come on duty" >&2; exit 1; }
        sleep 0.1
    done
}

# The figures begin anew.
forget_agents() { echo forget >&4; }

end_agents() {
    echo end >&4
    exec 4>&-
    wait "$agents_pid" || true
    grep -v '^on duty' "$work/agents.txt"
    rm -f "$work/to-agents"
}
