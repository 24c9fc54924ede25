package dev.ringmaster.call;

import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Owed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The next [CallFile] while an event is being applied: a copy of the last one with fields that can be set.
final class CallBuilder {
    final CallFile.Birth birth;
    final long events;
    Optional<Instant> answeredAt;
    long generation;
    final List<String> path;
    final List<Leg> legs;
    int conversations;
    Optional<String> lastAgent;
    Duration held;
    final List<String> closed;
    final List<Owed> debts;

    CallBuilder(CallFile file) {
        birth = file.birth();
        events = file.events() + 1;
        answeredAt = file.answeredAt();
        generation = file.generation();
        path = new ArrayList<>(file.path());
        legs = new ArrayList<>(file.legs());
        conversations = file.conversations();
        lastAgent = file.lastAgent();
        held = file.held();
        closed = new ArrayList<>(file.closed());
        debts = new ArrayList<>(file.debts());
    }

    static CallFile born(CallFile.Birth birth, Leg leg, Optional<String> agent) {
        return new CallFile(
                birth, 1, Optional.empty(), 0, List.of(), List.of(leg), 0, agent, Duration.ZERO, List.of(), List.of());
    }

    void leg(String legId, UnaryOperator<Leg> change) {
        legs.replaceAll(l -> l.legId().equals(legId) ? change.apply(l) : l);
    }

    void saw(String legId, long fact) {
        leg(legId, l -> l.saw(fact));
    }

    void pay(String key) {
        debts.removeIf(d -> d.key().equals(key));
    }

    void tellAgent(String key, String agentId, CallToAgent message) {
        pay(key);
        debts.add(new Owed.ToAgent(key, agentId, message));
    }

    /// It no longer waits in that group.
    void leave(String groupId) {
        comeBack(groupId);
        debts.add(new Owed.ToQueue(
                CallDebts.left(groupId) + events, groupId, new CallToQueue.Left(birth.callId(), events)));
    }

    /// It waits in that group, so an older good-bye is void.
    void comeBack(String groupId) {
        debts.removeIf(d -> d.key().startsWith(CallDebts.left(groupId)));
    }

    void close(String token) {
        closed.add(token);
        if (closed.size() > CallFile.MAX_CLOSED) {
            closed.removeFirst();
        }
    }

    CallFile build() {
        return new CallFile(
                birth, events, answeredAt, generation, path, legs, conversations, lastAgent, held, closed, debts);
    }
}
