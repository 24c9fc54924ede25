package dev.ringmaster.agent;

import dev.ringmaster.agent.Agent.Closed;
import dev.ringmaster.agent.Agent.Note;
import dev.ringmaster.agent.Agent.Reservation;
import dev.ringmaster.agent.AgentProfile.Group;
import dev.ringmaster.exchange.Owed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The next state while an event is being applied: a copy of the last one with fields that can be set.
final class AgentBuilder {
    final String agentId;
    Optional<AgentProfile> profile;
    List<Group> leftGroups;
    Presence presence;
    Duty duty;
    Optional<String> seat;
    Optional<Reservation> reservation;
    Optional<AgentEvent.Wish> wish;
    boolean autoAnswer;
    final List<Note> notes;
    final List<Closed> closed;
    final List<Owed> debts;
    Optional<AgentScreen.Notice> notice;

    AgentBuilder(Agent agent) {
        agentId = agent.agentId();
        profile = agent.profile();
        leftGroups = agent.leftGroups();
        presence = agent.presence();
        duty = agent.duty();
        seat = agent.seat();
        reservation = agent.reservation();
        wish = agent.wish();
        autoAnswer = agent.autoAnswer();
        notes = new ArrayList<>(agent.notes());
        closed = new ArrayList<>(agent.closed());
        debts = new ArrayList<>(agent.debts());
        notice = agent.notice();
    }

    void owe(Owed message) {
        pay(message.key());
        debts.add(message);
    }

    void pay(String key) {
        debts.removeIf(d -> d.key().equals(key));
    }

    boolean owes(String key) {
        return debts.stream().anyMatch(d -> d.key().equals(key));
    }

    /// The token is used up and stays refused.
    void close(String token, String callId, AnswerOutcome answer) {
        closed.removeIf(c -> c.token().equals(token));
        closed.add(new Closed(token, callId, answer));
        if (closed.size() > Agent.MAX_CLOSED) {
            closed.removeFirst();
        }
    }

    Agent build() {
        return new Agent(
                agentId,
                profile,
                leftGroups,
                presence,
                duty,
                seat,
                reservation,
                wish,
                autoAnswer,
                notes,
                closed,
                debts,
                notice);
    }
}
