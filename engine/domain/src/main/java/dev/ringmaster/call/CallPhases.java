package dev.ringmaster.call;

import dev.ringmaster.call.CallEvent.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a call's time was spent: a pure fold of its events into phases without gap or overlap, so that their sum is the
/// call's length (HOT-019). Phases of no length are left out.
///
/// @param running the phase that has not ended, empty before the call and after it
/// @param offered whoever the call is being offered to
public record CallPhases(List<Phase> done, Optional<Phase> running, String offered) {
    public static final CallPhases NONE = new CallPhases(List.of(), Optional.empty(), "");

    public CallPhases {
        done = List.copyOf(done);
    }

    /// @param kind `ivr`, `queue`, `ring`, `dial`, `talk`, `hold`, `survey` or `announcement`
    /// @param agentId the agent who rang, talked, held or dialled
    public record Phase(String kind, Instant startedAt, Optional<Instant> endedAt, Optional<String> agentId) {
        /// Its length; of a running phase up to `now`.
        public Duration length(Instant now) {
            return Duration.between(startedAt, endedAt.orElse(now));
        }
    }

    public static CallPhases of(Iterable<CallEvent> events) {
        var phases = NONE;
        for (var event : events) {
            phases = phases.then(event);
        }
        return phases;
    }

    public CallPhases then(CallEvent event) {
        return switch (event) {
            case CallArrived e -> begin("ivr", Optional.empty(), e.at());
            case DialStarted e -> begin("dial", Optional.of(e.agentId()), e.at());
            case NodeEntered e -> begin("ivr", Optional.empty(), e.at());
            case CallQueued e -> begin("queue", Optional.empty(), e.at());
            case CallOffered e -> new CallPhases(done, running, e.agentId());
            case RingConfirmed e -> begin("ring", Optional.of(offered), e.at());
            case OfferEnded e -> begin("queue", Optional.empty(), e.at());
            case AgentConnected e -> begin("talk", Optional.of(e.agentId()), e.at());
            case CallHeld e -> begin("hold", agent(), e.at());
            case CallResumed e -> begin("talk", agent(), e.at());
            case AgentReleased e -> begin("announcement", Optional.empty(), e.at());
            case SurveyStarted e -> begin("survey", Optional.empty(), e.at());
            case AnnouncementStarted e ->
                begin(e.kind().equals(Announcing.THANKS) ? "survey" : "announcement", Optional.empty(), e.at());
            case CallEnded e -> close(e.at());
            default -> this;
        };
    }

    /// All phases, the running one last.
    public List<Phase> all() {
        var all = new ArrayList<>(done);
        running.ifPresent(all::add);
        return all;
    }

    private Optional<String> agent() {
        return running.flatMap(Phase::agentId);
    }

    private CallPhases begin(String kind, Optional<String> agentId, Instant at) {
        var same = running.filter(p -> p.kind().equals(kind) && p.agentId().equals(agentId))
                .isPresent();
        if (same) {
            return this;
        }
        var closed = close(at);
        return new CallPhases(closed.done, Optional.of(new Phase(kind, at, Optional.empty(), agentId)), offered);
    }

    private CallPhases close(Instant at) {
        if (running.isEmpty()) {
            return this;
        }
        var last = running.get();
        var phases = new ArrayList<>(done);
        if (last.startedAt().isBefore(at)) {
            phases.add(new Phase(last.kind(), last.startedAt(), Optional.of(at), last.agentId()));
        }
        return new CallPhases(phases, Optional.empty(), offered);
    }
}
