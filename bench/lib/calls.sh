# One rung of a ladder: so many calls a second for so many seconds from sipp, and what they cost. Sourced after node.sh.
# shellcheck shell=bash

# What sipp did not expect, by first line, and what the node says that it refused.
why() { # ERROR_FILE
    [[ -s $1 ]] || return 0
    { grep -o 'SIP/2.0 [0-9]* [A-Za-z ]*\|unexpected .* for Call\|[Tt]imeout[^:]*' "$1" || true; } | sort | uniq -c | sort -rn | head -4 | sed 's/^/    sipp: /'
    curl -s "http://127.0.0.1:$http_port/metrics" | grep '^ringmaster_refused_calls_total\|refused' | grep -v '^#\| 0\(\.0\)\?$' | sed 's/^/    node: /' || true
}

# Prints one line and sets `good` to 1 when at least 99.9 % of the calls went well; `rung_node`, `rung_db` (ticks of 10 ms) and
# `rung_ms` say what it took.
rung() { # NAME RATE SECONDS sipp-arguments…
    local name=$1 rate=$2 seconds=$3 folder n0 d0 c0 g0 n1 d1 c1 g1 i0 t0 i1 t1 began ended
    shift 3
    folder="$(mktemp -d "$work/rung-XXXX")"
    n0=$(node_ticks) d0=$(database_ticks) c0=$(compiler_ticks) g0=$(collector_ticks) began=$(date +%s%N)
    read -r i0 t0 < <(idle_ticks)
    # The bounds: -m calls, then whatever hangs is cut.
    (cd "$folder" && timeout $((seconds * 2 + 30)) sipp "127.0.0.1:$sip_port" -i 127.0.0.1 -r "$rate" -m $((rate * seconds)) -l $((rate * 20 + 100)) \
        -nostdin -trace_stat -stf stat.csv -fd 1 -trace_err -error_file errors.txt -recv_timeout 8000 -timeout $((seconds * 2 + 24)) "$@" >out.txt 2>&1) || true
    n1=$(node_ticks) d1=$(database_ticks) c1=$(compiler_ticks) g1=$(collector_ticks) ended=$(date +%s%N)
    read -r i1 t1 < <(idle_ticks)
    rung_node=$((n1 - n0)) rung_db=$((d1 - d0)) rung_ms=$(((ended - began) / 1000000))
    line="$(awk -F';' -v name="$name" -v rate="$rate" -v node=$((n1 - n0)) -v db=$((d1 - d0)) -v jit=$((c1 - c0)) -v gc=$((g1 - g0)) -v took=$(((ended - began) / 1000000)) \
        -v idle=$((100 * (i1 - i0) / (t1 - t0 + 1))) -v rss="$(resident_mb)" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } { last = $0 }
        END {
            split(last, v, ";"); ok = v[at["SuccessfulCall(C)"]]; bad = v[at["FailedCall(C)"]]; all = ok + bad
            # Buckets of the setup time, upper bound each.
            n = split("5 10 20 50 100 200 500 1000", bound, " "); total = 0
            for (i = 1; i <= n; i++) { b[i] = v[at["ResponseTimeRepartitionsetup_<" bound[i]]]; total += b[i] }
            b[n + 1] = v[at["ResponseTimeRepartitionsetup_>=1000"]]; total += b[n + 1]
            p50 = p99 = ""; sum = 0
            for (i = 1; i <= n + 1; i++) { sum += b[i]; mark = i <= n ? "<" bound[i] : ">=1000"
                if (p50 == "" && sum >= 0.5 * total) p50 = mark; if (p99 == "" && sum >= 0.99 * total) p99 = mark }
            split(v[at["ResponseTimesetup(C)"]], clock, ":")
            printf "%s rate=%d ok=%d fail=%d retrans=%d setup mean=%.1fms p50%sms p99%sms node=%.2fms/call (compiler %.2f, collector %.2f) db=%.2fms/call (%.0f%%+%.0f%% of a core, idle %d%%) rss=%dMB took=%.1fs %s\n",
                name, rate, ok, bad, v[at["Retransmissions(C)"]], (clock[1] * 3600 + clock[2] * 60 + clock[3]) * 1000 + clock[4] / 1000, p50, p99,
                all ? node * 10 / all : 0, all ? jit * 10 / all : 0, all ? gc * 10 / all : 0, all ? db * 10 / all : 0, node * 1000 / took, db * 1000 / took, idle, rss, took / 1000,
                (all > 0 && ok >= 0.999 * all) ? "good" : "NOT GOOD"
        }' "$folder/stat.csv")"
    printf '%s\n' "$line"
    why "$folder/errors.txt"
    good=0
    [[ $line == *" good" ]] && good=1
    cp "$folder/stat.csv" "$work/last.csv"
    rm -rf "$folder"
}
