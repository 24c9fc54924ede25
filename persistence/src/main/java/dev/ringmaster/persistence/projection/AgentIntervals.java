package dev.ringmaster.persistence.projection;

import dev.ringmaster.agent.Acw;
import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.Break;
import dev.ringmaster.agent.Duty;
import dev.ringmaster.agent.Served;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What each agent did from when to when, without gap or overlap. All changes of a portion share two statements: a
/// served call is four intervals, and each by itself would wait for the database twice.
final class AgentIntervals {
    /// When the interval ended that ran at the beginning of the portion, by agent.
    private final Map<String, Instant> ended = new LinkedHashMap<>();

    private final List<Begun> begun = new ArrayList<>();
    private final Map<String, Begun> running = new LinkedHashMap<>();

    private static final class Begun {
        final String agentId;
        final long position;
        final Doing doing;
        final Instant since;

        @Nullable
        Instant until;

        Begun(String agentId, long position, Doing doing, Instant since) {
            this.agentId = agentId;
            this.position = position;
            this.doing = doing;
            this.since = since;
        }

        @Nullable
        Object[] row() {
            return new @Nullable Object[] {
                agentId, position, doing.state(), doing.cause(), doing.reason(), doing.callId(), since, until
            };
        }
    }

    /// What makes an interval: as long as none of it changes, it goes on.
    private record Doing(String state, String cause, Optional<String> reason, Optional<String> callId) {
        static Doing of(Duty duty) {
            return new Doing(
                    duty.name(),
                    // A call is one interval, however it was answered.
                    duty.name().equals("IN_CALL") ? "" : duty.cause(),
                    duty instanceof Break pause ? pause.reason().map(Enum::name) : Optional.empty(),
                    duty instanceof Acw acw
                            ? Optional.of(acw.callId())
                            : duty.call().map(Served::callId));
        }
    }

    /// @param wrappedUp told of a call whose wrap-up has ended
    void changed(Entry entry, EntityFold.Step<Agent> step, Consumer<String> wrappedUp) {
        var before = Doing.of(step.before().duty());
        var after = Doing.of(step.after().duty());
        if (before.equals(after)) {
            return;
        }
        var at = ((AgentEvent) entry.event()).at();
        var next = new Begun(entry.entityId(), entry.seq(), after, at);
        begun.add(next);
        var last = running.put(entry.entityId(), next);
        if (last == null) {
            ended.put(entry.entityId(), at);
        } else {
            last.until = at;
        }
        if (before.state().equals("ACW")) {
            before.callId().ifPresent(wrappedUp);
        }
    }

    void write(Sql sql) {
        if (begun.isEmpty()) {
            return;
        }
        sql.update("""
                UPDATE agent_interval SET until = ended.at FROM unnest(?, ?) AS ended (agent_id, at)
                WHERE agent_interval.agent_id = ended.agent_id AND agent_interval.until IS NULL
                """, ended.keySet(), ended.values().toArray(Instant[]::new));
        sql.batch("""
                INSERT INTO agent_interval (agent_id, position, state, cause, reason, call_id, since, until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, begun.stream().map(Begun::row).toList());
    }
}
