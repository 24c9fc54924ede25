package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Browser sessions and lines: the newest session wins, and what a lost connection means in each duty (AGT-012, T17,
/// T18). A lost session or line stops offers at once, well within the 15 s that spec 05 allows.
final class Sessions {
    private Sessions() {}

    static Decision<AgentEvent> open(Agent agent, AgentCommand.OpenSession open, Instant now) {
        var presence = agent.presence();
        if (presence.connected() && presence.sessionId().equals(open.sessionId())) {
            return nothing();
        }
        var resumed = open.resumes().filter(presence.resumeHashes()::contains).isPresent();
        var listening = presence.connected() || presence.line().isPresent();
        if (!resumed && !open.takeOver() && listening && agent.duty().call().isPresent()) {
            return refuse("TakeOverRequired", "You are in a call in another browser; confirm to take it over here.");
        }
        return accept(new AgentEvent.SessionOpened(
                presence.fence() + 1, open.sessionId(), open.profile(), open.resumeHash(), resumed, now));
    }

    static Decision<AgentEvent> lost(Agent agent, AgentCommand.SessionLost lost, Instant now) {
        return agent.presence().heldBy(lost.fence()) && agent.presence().connected()
                ? accept(withMiss(agent, new AgentEvent.SessionLost(lost.fence(), lost.onPurpose(), now), now))
                : nothing();
    }

    static Decision<AgentEvent> lineOpened(Agent agent, AgentCommand.LineOpened opened, Instant now) {
        if (!agent.presence().heldBy(opened.fence())) {
            return refuse("SessionSuperseded", "You have logged in elsewhere; this page no longer counts.");
        }
        return agent.presence().line().filter(opened.line()::equals).isPresent()
                ? nothing()
                : accept(new AgentEvent.LineOpened(opened.fence(), opened.line(), now));
    }

    static Decision<AgentEvent> lineLost(Agent agent, AgentCommand.LineLost lost, Instant now) {
        var event = new AgentEvent.LineLost(lost.line(), now);
        if (agent.presence().line().filter(lost.line()::equals).isPresent()) {
            return accept(lost.withItsEdge() ? List.of(event) : withMiss(agent, event, now));
        }
        return agent.presence().closing().filter(lost.line()::equals).isPresent() ? accept(event) : nothing();
    }

    /// T18: what rings at a lost desk rings on elsewhere at once. Not so when her line went with its edge:
    /// a call on the same edge is withdrawn, one on another rings on until her new line is there or the
    /// ring time is over. Who learns first of the edge must not decide whether she is sent on a break.
    private static List<AgentEvent> withMiss(Agent agent, AgentEvent loss, Instant now) {
        var events = new ArrayList<AgentEvent>();
        events.add(loss);
        if (agent.duty() instanceof Ringing ringing) {
            events.addAll(Wishes.afterMiss(agent, ringing.missed("lost", now), now));
        }
        return events;
    }

    /// When a lost session takes her off duty (T17).
    static Optional<Instant> offAt(Agent agent) {
        return agent.presence().sessionLostAt().map(at -> at.plus(Agent.LOST_TOO_LONG));
    }

    static Decision<AgentEvent> offWhenLostTooLong(Agent agent, Instant now) {
        return offAt(agent).filter(at -> !now.isBefore(at)).isPresent()
                ? accept(new AgentEvent.WorkEnded("lost", "", now))
                : nothing();
    }

    /// When she is taken out of her call: as long as her line or her session stands, she is still there.
    static Optional<Instant> forsakeAt(Agent agent) {
        return agent.presence().bothLostAt().map(at -> at.plus(Agent.LOST_TOO_LONG));
    }

    static Decision<AgentEvent> forsakeWhenLostTooLong(Agent agent, Served served, Instant now) {
        return forsakeAt(agent).filter(at -> !now.isBefore(at)).isPresent()
                ? accept(
                        new AgentEvent.CallForsaken(served.callId(), served.token(), now),
                        new AgentEvent.WorkEnded("lost", "", now))
                : nothing();
    }
}
