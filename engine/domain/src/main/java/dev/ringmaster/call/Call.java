package dev.ringmaster.call;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One call from its first INVITE to its last BYE: what may happen to it, what the outside should look like, and what
/// it
/// owes. One state a record; all but [Unborn] hold a [CallFile].
public sealed interface Call permits Unborn, Live {
    /// Nothing has happened under this id.
    static Call unborn(String callId) {
        return new Unborn(callId);
    }

    /// Total over all states and commands.
    Decision<CallEvent> decide(CallCommand command, Instant now, Flows flows);

    /// Replay. Total: an event that was recorded is never refused.
    static Call apply(Call call, CallEvent event) {
        return CallReplay.apply(call, event);
    }

    /// When something falls due by itself; [CallCommand.DeadlinePassed] then always has something to say.
    default Optional<Instant> deadline() {
        return Optional.empty();
    }

    /// What the edges shall carry out. A call that is over plans nothing, or legs to be closed.
    ///
    /// @param version the entity's event number
    Optional<CallPlan> plan(long version);

    /// Messages to be sent until they are confirmed.
    List<Owed> owed();

    /// What the queue is to be told while the call waits, also while an offer of it is open.
    ///
    /// @param order the entity's event number
    default Optional<Waiting> waiting(long order) {
        return Optional.empty();
    }

    Optional<CallScreen> screen();

    /// Whether the entity has to stay awake: not ended, or owing, or with legs still to be closed.
    boolean open();

    Optional<Instant> startedAt();
}
