package dev.ringmaster.truth;

import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.Doubt.Kind;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.tenant.SeatsFact;
import dev.ringmaster.truth.Contradiction.Owner;
import dev.ringmaster.truth.Contradiction.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What does not go together in one look. Much of it is only under way and gone in the next; [Audit] knows.
public final class Comparison {
    /// Timers ring within milliseconds; a stalled machine may need longer, and says so here.
    public static final Duration OVERDUE_BY = Duration.ofSeconds(2);

    /// Debts are sent each second and confirmed within milliseconds.
    public static final Duration OWED_FOR = Duration.ofSeconds(5);

    private final Look look;
    private final List<Contradiction> found = new ArrayList<>();
    private final Map<String, Long> compared = new HashMap<>();

    private Comparison(Look look) {
        this.look = look;
    }

    public static Comparison of(Look look) {
        var comparison = new Comparison(look);
        comparison.liveness();
        comparison.look.calls().values().stream().filter(Claim::live).forEach(comparison::call);
        comparison.look.agents().values().stream().filter(Claim::live).forEach(comparison::agent);
        comparison.look.seats().values().stream().filter(Claim::live).forEach(comparison::seats);
        comparison.look.edges().values().forEach(comparison::edge);
        comparison.look.queues().values().forEach(comparison::queue);
        comparison.sessions();
        return comparison;
    }

    public List<Contradiction> found() {
        return List.copyOf(found);
    }

    /// How many facts were held against another, by instance ("" where nobody knows whose).
    public Map<String, Long> compared() {
        return Map.copyOf(compared);
    }

    // ---- every open id of the journal has a live entity

    private void liveness() {
        var calls = new HashSet<>(look.open().calls());
        look.calls().values().stream()
                .filter(c -> c.fact().open())
                .forEach(c -> calls.add(c.fact().callId()));
        calls.forEach(id -> {
            var claim = look.calls().get(id);
            lives(
                    new Owner(Owner.Kind.CALL, id),
                    claim,
                    claim == null ? "" : claim.fact().instanceId(),
                    claim == null ? 0 : claim.fact().seq());
        });
        var agents = new HashSet<>(look.open().agents());
        look.agents().values().stream()
                .filter(a -> a.fact().open())
                .forEach(a -> agents.add(a.fact().agentId()));
        agents.forEach(id -> {
            var claim = look.agents().get(id);
            lives(
                    new Owner(Owner.Kind.AGENT, id),
                    claim,
                    claim == null ? "" : claim.fact().instanceId(),
                    claim == null ? 0 : claim.fact().seq());
        });
        look.open().instances().forEach(id -> {
            var claim = look.seats().get(id);
            lives(
                    new Owner(Owner.Kind.SEATS, id),
                    claim,
                    id,
                    claim == null ? 0 : claim.fact().seq());
        });
    }

    private void lives(Owner owner, @Nullable Claim<?> claim, String instanceId, long seq) {
        compare(claim != null && claim.live(), instanceId, () -> {
            var who = owner.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + owner.id();
            return contradiction(
                    owner,
                    new Doubt(Kind.NOT_LIVE, "", "journal"),
                    instanceId,
                    claim == null ? Side.silent(who, "does not live") : new Side(who, seq, "has not moved for 5 s"),
                    Side.silent("journal", "open"));
        });
    }

    // ---- what a live call says

    private void call(Claim<CallFact> claim) {
        var call = claim.fact();
        var owner = new Owner(Owner.Kind.CALL, call.callId());
        var who = "call " + call.callId();
        for (var leg : call.legs()) {
            if (!leg.closing()) {
                var held = held(leg.edge(), call.callId(), leg.legId());
                compare(
                        held.isPresent(),
                        call.instanceId(),
                        () -> contradiction(
                                owner,
                                new Doubt(Kind.LEG_MISSING, leg.legId(), leg.edge()),
                                call.instanceId(),
                                new Side(who, call.seq(), "plans leg " + leg.legId()),
                                Side.silent("edge " + leg.edge(), "does not hold it")));
            }
        }
        call.partner().filter(CallFact.Partner::talking).ifPresent(partner -> {
            var agent = agent(partner.agentId());
            var hers = agent.filter(a -> a.joined() && has(a, call.callId(), partner.token()));
            compare(
                    hers.isPresent(),
                    call.instanceId(),
                    () -> contradiction(
                            owner,
                            new Doubt(Kind.CALL_WITHOUT_AGENT, partner.token(), partner.agentId()),
                            call.instanceId(),
                            new Side(who, call.seq(), call.phase() + " with agent " + partner.agentId()),
                            agentSide(partner.agentId(), agent)));
        });
        call.waitsIn().ifPresent(groupId -> {
            var queue = look.queues().get(groupId);
            compare(
                    queue != null && (queue.filling() || queue.calls().containsKey(call.callId())),
                    call.instanceId(),
                    () -> contradiction(
                            owner,
                            new Doubt(Kind.NOT_IN_QUEUE, groupId, groupId),
                            call.instanceId(),
                            new Side(who, call.seq(), "waits in group " + groupId),
                            queueSide(groupId, queue)));
        });
        timely(claim, owner, who, call.seq(), call.instanceId());
    }

    // ---- what a live agent says

    private void agent(Claim<AgentFact> claim) {
        var agent = claim.fact();
        var owner = new Owner(Owner.Kind.AGENT, agent.agentId());
        var who = "agent " + agent.agentId();
        agent.call().ifPresent(partner -> {
            var call = call(partner.callId());
            if (agent.agreed()) {
                compare(
                        call.flatMap(CallFact::partner)
                                .filter(p -> p.talking() && is(p, agent.agentId(), partner.token()))
                                .isPresent(),
                        agent.instanceId(),
                        () -> contradiction(
                                owner,
                                new Doubt(Kind.AGENT_WITHOUT_CALL, partner.token(), partner.callId()),
                                agent.instanceId(),
                                new Side(who, agent.seq(), agent.state() + " in call " + partner.callId()),
                                callSide(partner.callId(), call)));
            } else if (!agent.joined()) {
                compare(
                        call.flatMap(CallFact::partner)
                                .filter(p -> is(p, agent.agentId(), partner.token()))
                                .isPresent(),
                        agent.instanceId(),
                        () -> contradiction(
                                owner,
                                new Doubt(Kind.RING_UNKNOWN, partner.token(), partner.callId()),
                                agent.instanceId(),
                                new Side(who, agent.seq(), agent.state() + " for call " + partner.callId()),
                                callSide(partner.callId(), call)));
            }
        });
        if (agent.free()) {
            agent.groups().forEach(groupId -> {
                var queue = look.queues().get(groupId);
                compare(
                        queue != null && (queue.filling() || queue.agents().contains(agent.agentId())),
                        agent.instanceId(),
                        () -> contradiction(
                                owner,
                                new Doubt(Kind.FREE_NOT_IN_QUEUE, groupId, groupId),
                                agent.instanceId(),
                                new Side(who, agent.seq(), "free for group " + groupId),
                                queueSide(groupId, queue)));
            });
        }
        timely(claim, owner, who, agent.seq(), agent.instanceId());
    }

    /// Deadlines are kept and debts are paid.
    private void timely(Claim<?> claim, Owner owner, String who, long seq, String instanceId) {
        compare(
                claim.overdue().compareTo(OVERDUE_BY) <= 0,
                instanceId,
                () -> contradiction(
                        owner,
                        new Doubt(Kind.OVERDUE, "deadline", who),
                        instanceId,
                        new Side(who, seq, "still so"),
                        Side.silent(
                                "clock",
                                "its deadline passed " + claim.overdue().toMillis() + " ms ago")));
        for (var debt : claim.owed()) {
            compare(
                    debt.age().compareTo(OWED_FOR) <= 0,
                    instanceId,
                    () -> contradiction(
                            owner,
                            new Doubt(Kind.OWED_TOO_LONG, debt.key(), debt.to()),
                            instanceId,
                            new Side(who, seq, "owes " + debt.key()),
                            Side.silent(debt.to(), "has not confirmed it")));
        }
    }

    private void seats(Claim<SeatsFact> claim) {
        var seats = claim.fact();
        var owner = new Owner(Owner.Kind.SEATS, seats.instanceId());
        compare(
                seats.inUse() <= seats.granted(),
                seats.instanceId(),
                () -> contradiction(
                        owner,
                        new Doubt(Kind.SEATS_OVER_GRANTED, "seats", "licence"),
                        seats.instanceId(),
                        new Side("seats " + seats.instanceId(), seats.seq(), seats.inUse() + " in use"),
                        Side.silent("licence", seats.granted() + " granted")));
    }

    // ---- what edges, queues and sessions hold

    private void edge(EdgeFact edge) {
        for (var leg : edge.legs()) {
            var call = call(leg.callId());
            var home = call.map(CallFact::instanceId).orElse(leg.instanceId());
            compare(
                    call.stream()
                            .flatMap(c -> c.legs().stream())
                            .anyMatch(p ->
                                    p.legId().equals(leg.legId()) && p.edge().equals(edge.edge())),
                    home,
                    () -> contradiction(
                            new Owner(Owner.Kind.EDGE, edge.edge()),
                            new Doubt(Kind.LEG_UNPLANNED, leg.legId(), leg.callId()),
                            home,
                            new Side("edge " + edge.edge(), leg.planVersion(), "holds leg " + leg.legId()),
                            call.map(c -> new Side("call " + c.callId(), c.seq(), c.phase() + ", plans no such leg"))
                                    .orElse(Side.silent("call " + leg.callId(), "says nothing"))));
        }
    }

    private void queue(QueueFact queue) {
        queue.calls().forEach((callId, order) -> {
            var call = call(callId);
            var home = call.map(CallFact::instanceId).orElse("");
            compare(
                    call.flatMap(CallFact::waitsIn)
                            .filter(queue.groupId()::equals)
                            .isPresent(),
                    home,
                    () -> contradiction(
                            new Owner(Owner.Kind.CALL, callId),
                            new Doubt(Kind.WRONG_QUEUE, queue.groupId(), queue.groupId()),
                            home,
                            callSide(callId, call),
                            new Side("queue " + queue.groupId(), order, "counts it as waiting")));
        });
    }

    private void sessions() {
        record Place(String agentId, long fence) {}
        var byPlace = new HashMap<Place, SessionFact>();
        for (var session : look.sessions()) {
            var fence = agent(session.agentId()).map(AgentFact::fence).orElse(session.fence());
            var first = byPlace.putIfAbsent(new Place(session.agentId(), session.fence()), session);
            compare(
                    first == null && session.fence() >= fence,
                    session.instanceId(),
                    () -> contradiction(
                            new Owner(Owner.Kind.AGENT, session.agentId()),
                            new Doubt(Kind.SECOND_SESSION, Long.toString(session.fence()), session.sessionId()),
                            session.instanceId(),
                            new Side("agent " + session.agentId(), fence, "session " + fence + " counts"),
                            new Side(
                                    "session " + session.sessionId(),
                                    session.fence(),
                                    "open under " + session.fence())));
        }
    }

    // ----

    private interface Explained {
        Contradiction why();
    }

    private void compare(boolean holds, String instanceId, Explained otherwise) {
        compared.merge(instanceId, 1L, Long::sum);
        if (!holds) {
            found.add(otherwise.why());
        }
    }

    private static Contradiction contradiction(Owner owner, Doubt doubt, String instanceId, Side one, Side other) {
        return new Contradiction(owner, doubt, instanceId, one, other, Duration.ZERO);
    }

    private Optional<CallFact> call(String callId) {
        return Optional.ofNullable(look.calls().get(callId)).filter(Claim::live).map(Claim::fact);
    }

    private Optional<AgentFact> agent(String agentId) {
        return Optional.ofNullable(look.agents().get(agentId))
                .filter(Claim::live)
                .map(Claim::fact);
    }

    private final Map<String, Set<HeldKey>> heldByEdge = new HashMap<>();

    private record HeldKey(String callId, String legId) {}

    private Optional<HeldKey> held(String edge, String callId, String legId) {
        var key = new HeldKey(callId, legId);
        var all = heldByEdge.computeIfAbsent(edge, name -> {
            var keys = new HashSet<HeldKey>();
            Optional.ofNullable(look.edges().get(name))
                    .ifPresent(fact -> fact.legs().forEach(leg -> keys.add(new HeldKey(leg.callId(), leg.legId()))));
            return keys;
        });
        return all.contains(key) ? Optional.of(key) : Optional.empty();
    }

    private static boolean has(AgentFact agent, String callId, String token) {
        return agent.call()
                .filter(c -> c.callId().equals(callId) && c.token().equals(token))
                .isPresent();
    }

    private static boolean is(CallFact.Partner partner, String agentId, String token) {
        return partner.agentId().equals(agentId) && partner.token().equals(token);
    }

    private static Side agentSide(String agentId, Optional<AgentFact> agent) {
        var who = "agent " + agentId;
        return agent.map(a -> new Side(
                        who,
                        a.seq(),
                        a.state() + a.call().map(c -> " in call " + c.callId()).orElse("")))
                .orElse(Side.silent(who, "says nothing"));
    }

    private static Side callSide(String callId, Optional<CallFact> call) {
        var who = "call " + callId;
        return call.map(c -> new Side(
                        who,
                        c.seq(),
                        c.phase()
                                + c.partner()
                                        .map(p -> " with agent " + p.agentId())
                                        .orElse("")))
                .orElse(Side.silent(who, "says nothing"));
    }

    private static Side queueSide(String groupId, @Nullable QueueFact queue) {
        return Side.silent("queue " + groupId, queue == null ? "says nothing" : "does not count it");
    }
}
