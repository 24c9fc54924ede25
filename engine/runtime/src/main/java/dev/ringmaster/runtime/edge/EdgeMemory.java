package dev.ringmaster.runtime.edge;

import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one edge incarnation must not forget while its actor is restarted or its node leaves and
/// joins a cluster again: arrivals that no
/// call has confirmed, facts that no call has confirmed, lines and plans. It listens to the
/// telephone, on the telephone's threads.
public final class EdgeMemory implements Telephony.Listener {
    /// Unconfirmed facts of one leg: at 20 keys a second a minute without an engine. Above it
    /// `Quality` first, then keys are dropped.
    static final int MAX_FACTS_OF_A_LEG = 1_200;

    /// No node dies, is missed and has its calls moved here within this time.
    private static final long UNBORN_NANOS = 300_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(EdgeMemory.class);

    private final Admission admission;
    private long lastFact;
    private final LinkedHashMap<String, Arrival> arrivals = new LinkedHashMap<>();
    private final Map<String, Long> unborn = new HashMap<>();
    private final Map<LegKey, LegFacts> facts = new LinkedHashMap<>();

    // Indexes of `facts`, so that nothing walks over all legs for one of them.
    private final Map<String, Set<LegKey>> factsOfCall = new HashMap<>();
    private final Set<LegKey> unconfirmed = new LinkedHashSet<>();
    private final Set<LegKey> news = new LinkedHashSet<>();
    private final Map<LineRef, LineOf> linesUp = new LinkedHashMap<>();
    private final Map<LineRef, String> linesLost = new LinkedHashMap<>();
    private final Map<String, CallPlan> plans = new HashMap<>();
    private final ArrayDeque<EdgeMessage.Sealing> sealings = new ArrayDeque<>();
    private volatile @Nullable ActorRef<EdgeMessage> actor;

    record LegKey(String callId, String legId) {}

    record LineOf(String agentId, long fence) {}

    /// An inbound leg on its way to a call. `callId` is drawn once; `arrive` is repeated until the call has it.
    static final class Arrival {
        final Telephony.InboundLeg leg;
        final long since;

        @Nullable
        String callId;

        CallCommand.@Nullable Arrive arrive;

        Arrival(Telephony.InboundLeg leg, long since) {
            this.leg = leg;
            this.since = since;
        }
    }

    private static final class LegFacts {
        final ArrayDeque<CallMessage.Numbered> unconfirmed = new ArrayDeque<>();
        boolean ended;
    }

    /// @param edge the incarnation: facts are numbered from its start time and over all legs, so that
    /// a leg that was forgotten here, or
    ///     that an earlier incarnation or another edge held, goes on with higher numbers
    /// @param admission who is let in
    public EdgeMemory(String edge, Admission admission) {
        this.admission = admission;
        this.lastFact = FactNumbers.firstOf(edge) - 1;
    }

    /// The actor that is told when there is something to do.
    synchronized void attach(ActorRef<EdgeMessage> newActor) {
        actor = newActor;
    }

    private void wake(EdgeMessage message) {
        var attached = actor;
        if (attached != null) {
            attached.tell(message);
        }
    }

    @Override
    public Optional<Telephony.TooMuch> refuses(Telephony.Load load) {
        int calls;
        int waiting;
        long first;
        synchronized (this) {
            calls = plans.size();
            waiting = arrivals.size();
            first = waiting == 0 ? admission.now() : arrivals.firstEntry().getValue().since;
        }
        return admission.refuse(calls, waiting + load.newCalls(), first, load);
    }

    @Override
    public void arrived(Telephony.InboundLeg leg) {
        synchronized (this) {
            arrivals.put(
                    leg.legId(), new Arrival(leg, admission.now() - leg.held().toNanos()));
        }
        wake(new EdgeMessage.LegArrived(leg));
    }

    @Override
    public void fact(String callId, String legId, LegFact fact) {
        synchronized (this) {
            if (fact instanceof LegFact.RecordingSealed part) {
                sealings.addLast(new EdgeMessage.Sealing(callId, legId, part));
            } else {
                note(callId, legId, fact);
            }
        }
        wake(new EdgeMessage.FactsWaiting());
    }

    @Override
    public void legGone(String legId) {
        synchronized (this) {
            var arrival = arrivals.get(legId);
            if (arrival != null && arrival.callId != null) {
                // The call may exist already: it hears the end as a fact of its leg.
                note(arrival.callId, legId, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0)));
            } else {
                arrivals.remove(legId);
            }
        }
        wake(new EdgeMessage.FactsWaiting());
    }

    @Override
    public void lineUp(String agentId, long fence, LineRef line) {
        synchronized (this) {
            linesUp.put(line, new LineOf(agentId, fence));
            linesLost.remove(line); // it was only interrupted
        }
        wake(new EdgeMessage.LineUp(agentId, fence, line));
    }

    @Override
    public void lineLost(String agentId, long fence, LineRef line, String reason) {
        synchronized (this) {
            linesUp.remove(line);
            linesLost.put(line, agentId);
        }
        wake(new EdgeMessage.LineDown(agentId, fence, line, reason));
    }

    /// Gives the fact its number and keeps it until the call has confirmed it.
    private void note(String callId, String legId, LegFact fact) {
        var key = new LegKey(callId, legId);
        var leg = facts.computeIfAbsent(key, _ -> new LegFacts());
        if (leg.unconfirmed.size() >= MAX_FACTS_OF_A_LEG
                && (fact instanceof LegFact.Quality || fact instanceof LegFact.Digit)) {
            LOG.warn("call {}: leg {} has too many unconfirmed facts, one is dropped", callId, legId);
            return;
        }
        leg.ended |= fact instanceof LegFact.Ended;
        leg.unconfirmed.addLast(new CallMessage.Numbered(++lastFact, fact));
        factsOfCall.computeIfAbsent(callId, _ -> new HashSet<>()).add(key);
        unconfirmed.add(key);
        news.add(key);
    }

    private void forget(LegKey key) {
        facts.remove(key);
        unconfirmed.remove(key);
        news.remove(key);
        factsOfCall.computeIfPresent(key.callId(), (_, legs) -> legs.remove(key) && legs.isEmpty() ? null : legs);
    }

    synchronized void sealed(EdgeMessage.Sealing sealing) {
        if (sealings.remove(sealing)) {
            note(sealing.callId(), sealing.legId(), sealing.part());
        }
    }

    synchronized List<EdgeMessage.Sealing> sealings() {
        return List.copyOf(sealings);
    }

    synchronized Map<LegKey, List<CallMessage.Numbered>> unconfirmedFacts() {
        return firstOf(unconfirmed);
    }

    /// Of the legs that something new was noted of since the last question, or that had more than one message holds.
    synchronized Map<LegKey, List<CallMessage.Numbered>> newFacts() {
        var first = firstOf(news);
        news.clear();
        return first;
    }

    private Map<LegKey, List<CallMessage.Numbered>> firstOf(Set<LegKey> legs) {
        var first = new LinkedHashMap<LegKey, List<CallMessage.Numbered>>();
        for (var key : legs) {
            var leg = facts.get(key);
            if (leg != null && !leg.unconfirmed.isEmpty()) {
                first.put(
                        key, leg.unconfirmed.stream().limit(MAX_FACTS_A_MESSAGE).toList());
            }
        }
        return first;
    }

    /// A remoting frame holds 256 KiB, and the largest fact carries two SDPs.
    private static final int MAX_FACTS_A_MESSAGE = 20;

    synchronized void factsKept(String callId, String legId, long upTo, boolean known) {
        var key = new LegKey(callId, legId);
        var leg = facts.get(key);
        if (leg == null) {
            return;
        }
        var arriving = arrivals.get(legId);
        if (known) {
            leg.unconfirmed.removeIf(fact -> fact.seq() <= upTo);
            if (leg.unconfirmed.isEmpty()) {
                unconfirmed.remove(key);
            } else {
                news.add(key);
            }
        } else if (arriving == null) {
            // No such call, and nobody will make it one: these facts are of interest to nobody.
            forget(key);
        }
        if (leg.unconfirmed.isEmpty() && leg.ended && !plans.containsKey(callId)) {
            forget(key);
        }
    }

    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals.values());
    }

    synchronized int arrivalCount() {
        return arrivals.size();
    }

    synchronized int planCount() {
        return plans.size();
    }

    synchronized Optional<Arrival> arrival(String legId) {
        return Optional.ofNullable(arrivals.get(legId));
    }

    /// The number was found: this call shall take the leg.
    synchronized void leads(String legId, String callId, CallCommand.Arrive arrive) {
        var arrival = arrivals.get(legId);
        if (arrival != null && arrival.callId == null) {
            arrival.callId = callId;
            arrival.arrive = arrive;
            unborn.put(callId, admission.now());
        }
    }

    /// Whether this edge has just drawn the id for a caller whom no call has taken yet: then nothing
    /// can be journaled under it, and its first start need not ask. True once and for a moment only;
    /// later it may have started elsewhere. Should it be wrong, the first write meets the row that is
    /// there and fails.
    public synchronized boolean isUnborn(String callId) {
        var drawn = unborn.remove(callId);
        return drawn != null && admission.now() - drawn < UNBORN_NANOS;
    }

    /// No engine has taken it in time: should a call exist after all, it hears that its leg is refused.
    synchronized void gaveUp(String legId) {
        var arrival = arrivals.get(legId);
        if (arrival != null && arrival.callId != null) {
            note(arrival.callId, legId, new LegFact.Ended(new LegEnd(LegEnd.How.LOCALLY_REJECTED, 503, 0)));
        }
    }

    /// Confirmed by its call.
    void arrivalKept(String legId) {
        Arrival arrival;
        synchronized (this) {
            arrival = arrivals.remove(legId);
            if (arrival != null && arrival.callId != null) {
                unborn.remove(arrival.callId);
            }
        }
        if (arrival != null) {
            admission.taken(arrival.since);
        }
    }

    /// Refused.
    synchronized void arrivalDone(String legId) {
        var arrival = arrivals.remove(legId);
        if (arrival != null && arrival.callId != null) {
            unborn.remove(arrival.callId);
        }
    }

    synchronized Map<LineRef, LineOf> linesUp() {
        return Map.copyOf(linesUp);
    }

    synchronized Map<LineRef, String> linesLost() {
        return Map.copyOf(linesLost);
    }

    synchronized void lineLossKept(LineRef line) {
        linesLost.remove(line);
    }

    /// Remembers which calls have legs here, so that a leg that is gone is missed.
    synchronized void planned(CallPlan plan, String edge) {
        if (plan.legs().stream().anyMatch(leg -> leg.edge().equals(edge))) {
            plans.put(plan.callId(), plan);
        } else {
            plans.remove(plan.callId());
            for (var key : List.copyOf(factsOfCall.getOrDefault(plan.callId(), Set.of()))) {
                var leg = facts.get(key);
                if (leg != null && leg.ended && leg.unconfirmed.isEmpty()) {
                    forget(key);
                }
            }
        }
    }

    synchronized List<CallPlan> plans() {
        return new ArrayList<>(plans.values());
    }
}
