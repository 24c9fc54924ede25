package dev.ringmaster.runtime.entity;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.call.Call;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.tenant.Seats;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the parts that live on this node say now: each keeps one slip up to date, so that whoever compares them asks
/// nobody. Saying costs two volatile writes; what is said is the state itself, and is read out of it by the reader.
public final class Ledger {
    private final LongSupplier nanoTime;
    private final Map<String, Slip<Call>> calls = new ConcurrentHashMap<>();
    private final Map<String, Slip<Agent>> agents = new ConcurrentHashMap<>();
    private final Map<String, Slip<Seats>> seats = new ConcurrentHashMap<>();
    private final Map<String, QueueFact> queues = new ConcurrentHashMap<>();
    private final Map<String, Sitting> sessions = new ConcurrentHashMap<>();

    /// @param nanoTime the machine's monotonic clock
    public Ledger(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// What one entity says. Written by the entity; `owedSince` belongs to the one reader.
    public static final class Slip<S> {
        private final String id;
        private final Map<String, Slip<S>> all;
        private final LongSupplier nanoTime;
        private final Map<String, Long> owedSince = new HashMap<>();
        private volatile @Nullable Saying<S> said;
        private volatile long moved;

        private Slip(String id, Map<String, Slip<S>> all, LongSupplier nanoTime) {
            this.id = id;
            this.all = all;
            this.nanoTime = nanoTime;
            this.moved = nanoTime.getAsLong();
        }

        /// After a persist and after a recovery.
        public void says(S state, long seq) {
            said = new Saying<>(state, seq);
        }

        /// Each second: it lives.
        public void moves() {
            moved = nanoTime.getAsLong();
        }

        /// The entity has stopped.
        public void tornUp() {
            all.remove(id, this);
        }

        public String id() {
            return id;
        }

        public @Nullable Saying<S> said() {
            return said;
        }

        public long moved() {
            return moved;
        }

        /// Since when each debt has been seen, by its key.
        public Map<String, Long> owedSince() {
            return owedSince;
        }
    }

    public record Saying<S>(S state, long seq) {}

    /// A browser's session with a seat.
    ///
    /// @param askAgain makes the session ask its agent now whether it still counts
    public record Sitting(String sessionId, String agentId, String instanceId, long fence, Runnable askAgain) {}

    public Slip<Call> call(String callId) {
        return open(callId, calls);
    }

    public Slip<Agent> agent(String agentId) {
        return open(agentId, agents);
    }

    public Slip<Seats> seats(String instanceId) {
        return open(instanceId, seats);
    }

    private <S> Slip<S> open(String id, Map<String, Slip<S>> all) {
        var slip = new Slip<>(id, all, nanoTime);
        all.put(id, slip);
        return slip;
    }

    public void queue(QueueFact fact) {
        queues.put(fact.groupId(), fact);
    }

    public void queueStopped(String groupId) {
        queues.remove(groupId);
    }

    public void sits(Sitting session) {
        sessions.put(session.sessionId(), session);
    }

    public void left(String sessionId) {
        sessions.remove(sessionId);
    }

    public Collection<Slip<Call>> calls() {
        return calls.values();
    }

    public Collection<Slip<Agent>> agents() {
        return agents.values();
    }

    public Collection<Slip<Seats>> seats() {
        return seats.values();
    }

    public List<QueueFact> queues() {
        return List.copyOf(queues.values());
    }

    public List<Sitting> sessions() {
        return List.copyOf(sessions.values());
    }

    /// A session is doubted.
    public void askAgain(String sessionId) {
        var session = sessions.get(sessionId);
        if (session != null) {
            session.askAgain().run();
        }
    }
}
