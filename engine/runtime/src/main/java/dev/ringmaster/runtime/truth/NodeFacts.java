package dev.ringmaster.runtime.truth;

import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.queue.QueueFact;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.wire.TruthMessage.Page;
import dev.ringmaster.tenant.SeatsFact;
import dev.ringmaster.truth.Claim;
import dev.ringmaster.truth.EdgeFact;
import dev.ringmaster.truth.SessionFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads one node's [Ledger] and edge, and cuts what it finds into pages. For one thread: it remembers since when each
/// debt has been owed.
final class NodeFacts {
    /// Claims on a page, some 500 bytes each.
    static final int CLAIMS_A_PAGE = 150;

    /// Ids of calls, agents or legs on a page, some 100 bytes each.
    static final int IDS_A_PAGE = 1_000;

    private final Ledger ledger;
    private final Supplier<Optional<EdgeFact>> edge;
    private final NodeClock clock;
    private final LongSupplier nanoTime;

    NodeFacts(Ledger ledger, Supplier<Optional<EdgeFact>> edge, NodeClock clock, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.edge = edge;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// At least one page, so that the node has spoken.
    List<Page> pages(long look, String node) {
        var parts = new ArrayList<Page>();
        var closed = new ArrayList<String>();
        cut(calls(closed), CLAIMS_A_PAGE).forEach(c -> parts.add(with(NOTHING, c, List.of(), List.of())));
        cut(agents(), CLAIMS_A_PAGE).forEach(a -> parts.add(with(NOTHING, List.of(), a, List.of())));
        cut(seats(), CLAIMS_A_PAGE).forEach(s -> parts.add(with(NOTHING, List.of(), List.of(), s)));
        ledger.queues().stream()
                .flatMap(NodeFacts::parts)
                .forEach(q -> parts.add(with(List.of(q), List.of(), List.of(), List.of())));
        edge.get().stream()
                .flatMap(NodeFacts::parts)
                .forEach(e -> parts.add(with(List.of(), List.of(e), List.of(), List.of())));
        cut(sessions(), IDS_A_PAGE).forEach(s -> parts.add(with(List.of(), List.of(), s, List.of())));
        cut(closed, IDS_A_PAGE).forEach(ids -> parts.add(with(List.of(), List.of(), List.of(), ids)));
        if (parts.isEmpty()) {
            parts.add(NOTHING);
        }
        var numbered = new ArrayList<Page>();
        for (var part : parts) {
            numbered.add(new Page(
                    look,
                    node,
                    numbered.size() + 1,
                    parts.size(),
                    part.calls(),
                    part.agents(),
                    part.seats(),
                    part.queues(),
                    part.edges(),
                    part.sessions(),
                    part.closed()));
        }
        return numbered;
    }

    private static final Page NOTHING = with(List.of(), List.of(), List.of(), List.of());

    private static Page with(
            Page page, List<Claim<CallFact>> calls, List<Claim<AgentFact>> agents, List<Claim<SeatsFact>> seats) {
        return new Page(0, "", 0, 0, calls, agents, seats, page.queues(), page.edges(), page.sessions(), page.closed());
    }

    private static Page with(
            List<QueueFact> queues, List<EdgeFact> edges, List<SessionFact> sessions, List<String> closed) {
        return new Page(0, "", 0, 0, List.of(), List.of(), List.of(), queues, edges, sessions, closed);
    }

    /// @param closed gets those that are over
    private List<Claim<CallFact>> calls(List<String> closed) {
        var claims = new ArrayList<Claim<CallFact>>();
        for (var slip : ledger.calls()) {
            var said = slip.said();
            if (said != null && !said.state().open()) {
                closed.add(slip.id());
            } else if (said != null) {
                CallFact.of(said.state(), said.seq())
                        .ifPresent(fact -> claims.add(claim(
                                slip,
                                fact,
                                said.state().deadline(),
                                said.state().owed())));
            }
        }
        return claims;
    }

    private List<Claim<AgentFact>> agents() {
        var claims = new ArrayList<Claim<AgentFact>>();
        for (var slip : ledger.agents()) {
            var said = slip.said();
            if (said != null) {
                claims.add(claim(
                        slip,
                        AgentFact.of(said.state(), said.seq()),
                        said.state().deadline(),
                        said.state().owed()));
            }
        }
        return claims;
    }

    private List<Claim<SeatsFact>> seats() {
        var claims = new ArrayList<Claim<SeatsFact>>();
        for (var slip : ledger.seats()) {
            var said = slip.said();
            if (said != null) {
                claims.add(claim(
                        slip,
                        SeatsFact.of(slip.id(), said.state(), said.seq()),
                        said.state().deadline(),
                        List.of()));
            }
        }
        return claims;
    }

    private <S, F> Claim<F> claim(Ledger.Slip<S> slip, F fact, Optional<Instant> deadline, List<Owed> owed) {
        var now = clock.instant();
        var overdue = deadline.filter(now::isAfter)
                .map(at -> Duration.between(at, now))
                .orElse(Duration.ZERO);
        var silent = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - slip.moved()));
        return new Claim<>(fact, overdue, owed(slip.owedSince(), owed), silent);
    }

    private List<Claim.Debt> owed(Map<String, Long> since, List<Owed> owed) {
        if (owed.isEmpty()) {
            since.clear();
            return List.of();
        }
        var now = nanoTime.getAsLong();
        var keys = owed.stream().map(Owed::key).collect(Collectors.toSet());
        since.keySet().retainAll(keys);
        return owed.stream()
                .map(debt -> new Claim.Debt(
                        debt.key(), to(debt), Duration.ofNanos(now - since.computeIfAbsent(debt.key(), _ -> now))))
                .sorted(Comparator.comparing(Claim.Debt::age).reversed())
                .toList();
    }

    private static String to(Owed owed) {
        return switch (owed) {
            case Owed.ToAgent(var _, var agentId, var _) -> "agent " + agentId;
            case Owed.ToCall(var _, var callId, var _) -> "call " + callId;
            case Owed.ToQueue(var _, var groupId, var _) -> "queue " + groupId;
            case Owed.ToSeats(var _, var instanceId, var _) -> "seats " + instanceId;
        };
    }

    private List<SessionFact> sessions() {
        return ledger.sessions().stream()
                .map(s -> new SessionFact(s.sessionId(), s.agentId(), s.instanceId(), s.fence()))
                .toList();
    }

    private static Stream<QueueFact> parts(QueueFact queue) {
        if (queue.calls().size() + queue.agents().size() <= IDS_A_PAGE) {
            return Stream.of(queue);
        }
        var calls = cut(List.copyOf(queue.calls().entrySet()), IDS_A_PAGE)
                .map(some -> new QueueFact(
                        queue.groupId(),
                        queue.filling(),
                        some.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        Set.of()));
        var agents = cut(List.copyOf(queue.agents()), IDS_A_PAGE)
                .map(some -> new QueueFact(queue.groupId(), queue.filling(), Map.of(), Set.copyOf(some)));
        return Stream.concat(calls, agents);
    }

    private static Stream<EdgeFact> parts(EdgeFact edge) {
        return edge.legs().isEmpty()
                ? Stream.of(edge)
                : cut(edge.legs(), IDS_A_PAGE).map(some -> new EdgeFact(edge.edge(), some));
    }

    /// What was cut apart, whole again.
    static QueueFact joined(QueueFact one, QueueFact other) {
        var calls = new HashMap<>(one.calls());
        calls.putAll(other.calls());
        var agents = new HashSet<>(one.agents());
        agents.addAll(other.agents());
        return new QueueFact(one.groupId(), one.filling() || other.filling(), calls, agents);
    }

    static EdgeFact joined(EdgeFact one, EdgeFact other) {
        return new EdgeFact(
                one.edge(),
                Stream.concat(one.legs().stream(), other.legs().stream()).toList());
    }

    private static <T> Stream<List<T>> cut(List<T> whole, int size) {
        return Stream.iterate(0, from -> from < whole.size(), from -> from + size)
                .map(from -> whole.subList(from, Math.min(whole.size(), from + size)));
    }
}
