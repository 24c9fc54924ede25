package dev.ringmaster.queue;

import dev.ringmaster.exchange.AgentToQueue;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.CallToQueue.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Pairs the waiting calls of one group with its free agents: first come first served, longest idle first, one offer at
/// a time (HOT-014).
///
/// It owns nothing: calls own their places and agents their freedom, both tell it by leases, and a new matchmaker is as
/// good as the old one
/// once it has heard everybody. Reads no clock; for one thread.
public final class Matchmaker {
    /// Calls and agents tell every 2 s; who is silent for so long is gone. Shorter loses people in a pause of the
    /// machine, longer keeps
    /// ghosts on the board.
    public static final Duration LEASE = Duration.ofSeconds(6);

    /// A new matchmaker listens for so long before it pairs anybody or says "nobody on duty": two rounds of leases.
    public static final Duration FILLING = Duration.ofSeconds(4);

    /// A pairing that nobody has answered for so long is given up; the reservation has lapsed by then.
    public static final Duration IN_FLIGHT = Duration.ofSeconds(3);

    private static final Comparator<Waits> PLACE = Comparator.comparingInt(Waits::priority)
            .reversed()
            .thenComparing(Waits::since)
            .thenComparing(Waits::callId);

    private final Instant startedAt;
    private final Roster roster = new Roster();
    private final Map<String, Waits> calls = new HashMap<>();
    private final Map<String, Instant> heard = new HashMap<>();
    private final Map<String, Gone> gone = new LinkedHashMap<>();
    private final TreeSet<Waits> waiting = new TreeSet<>(PLACE);
    private final Map<String, Flight> flights = new LinkedHashMap<>();
    private final Map<String, String> tokenOfCall = new HashMap<>();
    private final Map<String, Offer> offers = new HashMap<>();

    private record Flight(Pairing pairing, Instant since) {}

    /// What a call has agreed to.
    private record Offer(String agentId, long order) {}

    /// A call that has left; kept for a lease so that a late notice does not bring it back.
    private record Gone(long order, Instant at) {}

    public Matchmaker(Instant startedAt) {
        this.startedAt = startedAt;
    }

    /// A call says that it waits (or rings), or that it has left.
    public void told(CallToQueue notice, Instant now) {
        switch (notice) {
            case Waits waits -> {
                var known = calls.get(waits.callId());
                var left = gone.get(waits.callId());
                if ((known == null || known.order() <= waits.order())
                        && (left == null || left.order() < waits.order())) {
                    heard.put(waits.callId(), now);
                    place(waits);
                }
            }
            case CallToQueue.Left(var callId, var order) -> {
                gone.put(callId, new Gone(order, now));
                var known = calls.get(callId);
                if (known != null && known.order() <= order) {
                    remove(callId);
                }
            }
        }
    }

    /// An agent says what she does.
    public void told(AgentToQueue notice, Instant now) {
        roster.told(notice, now);
    }

    /// New pairings, head of the queue first. Each is in flight until the agent and the call have answered.
    ///
    /// @param tokens gives a new reservation token at each call
    public List<Pairing> pair(Instant now, Supplier<String> tokens) {
        if (filling(now)) {
            return List.of();
        }
        var made = new ArrayList<Pairing>();
        while (!waiting.isEmpty() && roster.anybodyFree()) {
            var call = waiting.first();
            var agent = roster.choose(call.passedOver()).orElseThrow();
            var waited = Duration.between(call.since(), now);
            var decision = roster.explain(
                    agent,
                    call.passedOver(),
                    waiting.size() + flights.size(),
                    flights.size() + 1,
                    waited.isNegative() ? Duration.ZERO : waited,
                    now);
            var pairing = new Pairing(tokens.get(), call.callId(), agent.agentId(), agent.agentName(), decision);
            flights.put(pairing.token(), new Flight(pairing, now));
            tokenOfCall.put(call.callId(), pairing.token());
            waiting.remove(call);
            roster.takenOff(agent.agentId());
            made.add(pairing);
        }
        return made;
    }

    /// The agent keeps herself free: now offer her to the call. Empty when the pairing was given up meanwhile: release
    /// her.
    public Optional<Pairing> reserved(String token) {
        return Optional.ofNullable(flights.get(token)).map(Flight::pairing);
    }

    /// The agent is not free; the call is the head of the queue again.
    ///
    /// @param state what she is doing, from the refusal
    public void reservationRefused(String token, String state) {
        var flight = flights.remove(token);
        if (flight != null) {
            roster.refused(flight.pairing().agentId(), state);
            backToPlace(flight.pairing());
        }
    }

    /// The call has taken the offer: it rings until it says otherwise.
    ///
    /// @param order the call's event number when it agreed. What it says of itself may overtake its
    ///     answer: an offer that has come to nothing since leaves it in its place
    public void offerAgreed(String token, long order) {
        var flight = flights.remove(token);
        if (flight == null) {
            return;
        }
        var pairing = flight.pairing();
        tokenOfCall.remove(pairing.callId(), token);
        roster.refused(pairing.agentId(), "RINGING");
        var call = calls.get(pairing.callId());
        if (call == null) {
            return;
        }
        if (call.offered() || call.order() <= order) {
            offers.put(pairing.callId(), new Offer(pairing.agentId(), order));
        } else {
            waiting.add(call);
        }
    }

    /// The call is gone or rings already; release the agent. A call that still waits says so within its lease.
    public void offerRefused(String token) {
        var flight = flights.remove(token);
        if (flight != null) {
            roster.landed(flight.pairing().agentId());
            tokenOfCall.remove(flight.pairing().callId(), token);
            remove(flight.pairing().callId());
        }
    }

    /// Forgets who has been silent for a lease, and gives up pairings without an answer. Call it a few times a second.
    ///
    /// @return the pairings given up: release their agents
    public List<Pairing> tidy(Instant now) {
        var silentSince = now.minus(LEASE);
        roster.forgetSilent(silentSince);
        List.copyOf(heard.entrySet()).stream()
                .filter(entry -> entry.getValue().isBefore(silentSince))
                .forEach(entry -> remove(entry.getKey()));
        gone.values().removeIf(left -> left.at().isBefore(silentSince));
        var late = flights.values().stream()
                .filter(flight -> !flight.since().plus(IN_FLIGHT).isAfter(now))
                .map(Flight::pairing)
                .toList();
        for (var pairing : late) {
            flights.remove(pairing.token());
            roster.landed(pairing.agentId());
            backToPlace(pairing);
        }
        return late;
    }

    /// The calls to tell that nobody of the group is on duty (HOT-017): again until they have left.
    public List<String> hopeless(Instant now) {
        return filling(now) || roster.anybodyOnDuty()
                ? List.of()
                : waiting.stream().map(Waits::callId).toList();
    }

    /// Not everybody has been heard from yet.
    public boolean filling(Instant now) {
        return now.isBefore(startedAt.plus(FILLING));
    }

    /// @param maxCallers a longer list is cut, its head is kept
    public Board board(Instant now, int maxCallers) {
        var inFlight = tokenOfCall.keySet().stream()
                .map(calls::get)
                .filter(c -> c != null)
                .toList();
        var head = inFlight.stream().map(Waits::since).sorted().findFirst();
        var first = waiting.isEmpty()
                ? Optional.<Instant>empty()
                : Optional.of(waiting.first().since());
        var callers = calls.values().stream()
                .sorted(PLACE)
                .limit(maxCallers)
                .map(call -> new Board.Caller(
                        call.callId(),
                        call.from(),
                        call.since(),
                        call.priority(),
                        Optional.ofNullable(offers.get(call.callId())).map(Offer::agentId)))
                .toList();
        var longest = head.isPresent() && (first.isEmpty() || head.get().isBefore(first.get())) ? head : first;
        return new Board(filling(now), waiting.size() + inFlight.size(), longest, roster.byState(), callers);
    }

    /// Who is counted here now.
    public QueueFact fact(String groupId, Instant now) {
        var orders = new HashMap<String, Long>();
        calls.forEach((callId, notice) -> orders.put(callId, notice.order()));
        return new QueueFact(groupId, filling(now), orders, roster.everybody());
    }

    private void place(Waits notice) {
        var known = calls.put(notice.callId(), notice);
        if (known != null) {
            waiting.remove(known);
        }
        if (notice.offered()) {
            return;
        }
        // "I wait" while a pairing is in flight, or said before the call agreed to an offer, only renews the lease;
        // after an offer came to nothing it brings the place back.
        var offer = offers.get(notice.callId());
        if (!tokenOfCall.containsKey(notice.callId()) && (offer == null || offer.order() < notice.order())) {
            offers.remove(notice.callId());
            waiting.add(notice);
        }
    }

    private void backToPlace(Pairing pairing) {
        if (tokenOfCall.remove(pairing.callId(), pairing.token())) {
            var call = calls.get(pairing.callId());
            if (call != null && !call.offered()) {
                waiting.add(call);
            }
        }
    }

    private void remove(String callId) {
        var known = calls.remove(callId);
        heard.remove(callId);
        offers.remove(callId);
        var token = tokenOfCall.remove(callId);
        var flight = token == null ? null : flights.remove(token);
        if (flight != null) {
            roster.landed(flight.pairing().agentId()); // her answer finds no pairing, and she is released
        }
        if (known != null) {
            waiting.remove(known);
        }
    }
}
