package dev.ringmaster.persistence.projection;

import dev.ringmaster.agent.Acw;
import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.Break;
import dev.ringmaster.agent.Duty;
import dev.ringmaster.agent.Served;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader.Entry;
import java.util.Optional;
import java.util.function.Consumer;

/// What each agent did from when to when, without gap or overlap.
final class AgentIntervals {
    private AgentIntervals() {}

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
    static void write(Sql sql, Entry entry, EntityFold.Step<Agent> step, Consumer<String> wrappedUp) {
        var before = Doing.of(step.before().duty());
        var after = Doing.of(step.after().duty());
        if (before.equals(after)) {
            return;
        }
        var at = ((AgentEvent) entry.event()).at();
        sql.update("UPDATE agent_interval SET until = ? WHERE agent_id = ? AND until IS NULL", at, entry.entityId());
        sql.update(
                """
                INSERT INTO agent_interval (agent_id, position, state, cause, reason, call_id, since) VALUES (?, ?, ?, ?, ?, ?, ?)
                """, entry.entityId(), entry.seq(), after.state(), after.cause(), after.reason(), after.callId(), at);
        if (before.state().equals("ACW")) {
            before.callId().ifPresent(wrappedUp);
        }
    }
}
