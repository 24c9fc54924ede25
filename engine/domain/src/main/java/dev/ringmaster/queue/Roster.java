package dev.ringmaster.queue;

import dev.ringmaster.exchange.AgentToQueue;
import dev.ringmaster.exchange.RoutingDecision;
import dev.ringmaster.exchange.RoutingDecision.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The agents of one group who are on duty, in the order in which they are taken: longest idle first, ties by id. Kept
/// sorted, so that a
/// choice costs the same among ten agents and among ten thousand.
final class Roster {
    private static final Comparator<AgentToQueue> LONGEST_IDLE =
            Comparator.comparing(AgentToQueue::idleSince).thenComparing(AgentToQueue::agentId);

    private final Map<String, AgentToQueue> agents = new HashMap<>();
    private final Map<String, Instant> heard = new HashMap<>();
    private final TreeSet<AgentToQueue> free = new TreeSet<>(LONGEST_IDLE);
    private final TreeSet<AgentToQueue> others = new TreeSet<>(LONGEST_IDLE);
    private final Map<String, Integer> othersByReason = new TreeMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Set<String> inFlight = new HashSet<>();

    void told(AgentToQueue notice, Instant now) {
        var known = agents.get(notice.agentId());
        if (known != null && known.order() > notice.order()) {
            return;
        }
        heard.put(notice.agentId(), now);
        replace(known, notice);
    }

    /// She refused a reservation: not free until she says so again.
    void refused(String agentId, String state) {
        inFlight.remove(agentId);
        var known = agents.get(agentId);
        if (known != null) {
            replace(
                    known,
                    new AgentToQueue(
                            agentId,
                            known.agentName(),
                            known.instanceId(),
                            state,
                            false,
                            state.equals("RESERVED"),
                            known.idleSince(),
                            known.order()));
        }
    }

    void landed(String agentId) {
        inFlight.remove(agentId);
        var known = agents.get(agentId);
        if (known != null) {
            replace(known, known);
        }
    }

    void takenOff(String agentId) {
        inFlight.add(agentId);
        var known = agents.get(agentId);
        if (known != null) {
            replace(known, known);
        }
    }

    void forgetSilent(Instant before) {
        heard.entrySet().removeIf(entry -> {
            var silent = entry.getValue().isBefore(before);
            if (silent) {
                leave(entry.getKey());
            }
            return silent;
        });
    }

    /// The agent idle longest; one who let this call ring out before only when there is nobody else.
    Optional<AgentToQueue> choose(Set<String> passedOver) {
        for (var agent : free) {
            if (!passedOver.contains(agent.agentId())) {
                return Optional.of(agent);
            }
        }
        return free.isEmpty() ? Optional.empty() : Optional.of(free.first());
    }

    /// Why this agent: the neighbours in order of idleness, the chosen one first, then those who are not free; the rest
    /// as counts.
    RoutingDecision explain(
            AgentToQueue chosen, Set<String> passedOver, int waiting, int position, Duration waited, Instant now) {
        var shown = new ArrayList<Candidate>();
        shown.add(candidate(chosen, "chosen", now));
        var shownFree = 1;
        for (var agent : free) {
            if (shown.size() == RoutingDecision.MAX_CANDIDATES) {
                break;
            }
            if (!agent.agentId().equals(chosen.agentId())) {
                shown.add(candidate(agent, passedOver.contains(agent.agentId()) ? "passedOver" : "idleShorter", now));
                shownFree++;
            }
        }
        var rest = new TreeMap<>(othersByReason);
        for (var agent : others) {
            if (shown.size() == RoutingDecision.MAX_CANDIDATES) {
                break;
            }
            var reason = reason(agent);
            shown.add(candidate(agent, reason, now));
            rest.merge(reason, -1, Integer::sum);
        }
        rest.values().removeIf(count -> count == 0);
        if (free.size() > shownFree) {
            rest.put("idleShorter", free.size() - shownFree);
        }
        return new RoutingDecision("longestIdle", waiting, position, waited, shown, rest);
    }

    boolean anybodyOnDuty() {
        return !agents.isEmpty();
    }

    boolean anybodyFree() {
        return !free.isEmpty();
    }

    Set<String> everybody() {
        return agents.keySet();
    }

    Map<String, Integer> byState() {
        var counts = new TreeMap<String, Integer>();
        agents.values().forEach(agent -> counts.merge(agent.state(), 1, Integer::sum));
        return counts;
    }

    private static Candidate candidate(AgentToQueue agent, String reason, Instant now) {
        var idle = Duration.between(agent.idleSince(), now);
        return new Candidate(agent.agentId(), agent.state(), idle.isNegative() ? Duration.ZERO : idle, reason);
    }

    private String reason(AgentToQueue agent) {
        if (agent.reserved() || inFlight.contains(agent.agentId())) {
            return "reserved";
        }
        // IDLE and yet not free: her connection is lost.
        return agent.state().equals("IDLE") ? "disconnected" : agent.state();
    }

    private void replace(@Nullable AgentToQueue old, AgentToQueue notice) {
        if (old != null) {
            leave(old.agentId());
        }
        if (notice.state().equals("OFF")) {
            return;
        }
        agents.put(notice.agentId(), notice);
        if (notice.free() && !inFlight.contains(notice.agentId())) {
            free.add(notice);
        } else {
            others.add(notice);
            othersByReason.merge(reasonKept(notice), 1, Integer::sum);
        }
    }

    /// The reason under which she was counted, so that she leaves the same count again.
    private String reasonKept(AgentToQueue agent) {
        var reason = reason(agent);
        reasons.put(agent.agentId(), reason);
        return reason;
    }

    private void leave(String agentId) {
        var old = agents.remove(agentId);
        if (old == null) {
            return;
        }
        free.remove(old);
        if (others.remove(old)) {
            var reason = reasons.remove(agentId);
            if (reason != null) {
                othersByReason.merge(reason, -1, Integer::sum);
            }
        }
    }
}
