package dev.ringmaster.tenant;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToSeats.Freed;
import dev.ringmaster.exchange.AgentToSeats.Taken;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.tenant.SeatsEvent.HoldLapsed;
import dev.ringmaster.tenant.SeatsEvent.SeatFreed;
import dev.ringmaster.tenant.SeatsEvent.SeatHeld;
import dev.ringmaster.tenant.SeatsEvent.SeatTaken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ledger of an instance's human seats: who sits, and under which token (TEN-013). An agent uses one seat at most,
/// however many tokens stand for it: a hold beside the seat she has taken costs nothing, and takes nothing away if her
/// work then does not start anew.
///
/// @param granted seats of the instance when last told
/// @param closed tokens that were given back, oldest first: a late "taken" must not bring one back
public record Seats(Map<String, Seat> byToken, int granted, List<String> closed) {
    /// Bound of `closed`: a message that comes later than so many good-byes is not of this world.
    static final int MAX_CLOSED = 256;

    /// A seat that nobody takes is free again after this time.
    public static final Duration HOLD_FOR = Duration.ofSeconds(10);

    public Seats {
        byToken = Map.copyOf(byToken);
        closed = List.copyOf(closed);
    }

    /// @param until when the hold lapses; empty once the seat is taken
    public record Seat(String agentId, Optional<Instant> until) {}

    public static Seats unborn() {
        return new Seats(Map.of(), 0, List.of());
    }

    public Decision<SeatsEvent> decide(SeatsCommand command, Instant now) {
        return switch (command) {
            case SeatsCommand.Hold(var token, var agentId, var total) -> {
                if (byToken.containsKey(token)) {
                    yield nothing();
                }
                if (closed.contains(token)) {
                    yield refuse("SeatGivenBack", "This seat was given back.");
                }
                yield othersThan(agentId) < total
                        ? accept(new SeatHeld(token, agentId, total, now.plus(HOLD_FOR), now))
                        : refuse("NoHumanSeatFree", "All %d human seats of this instance are in use.".formatted(total));
            }
            case SeatsCommand.FromAgent(Taken(var token, var agentId)) -> {
                var seat = byToken.get(token);
                if (seat != null) {
                    yield seat.until().isEmpty() ? nothing() : accept(new SeatTaken(token, agentId, now));
                }
                if (closed.contains(token)) {
                    yield refuse("SeatGivenBack", "This seat was given back.");
                }
                // The hold has lapsed on the way: it is hers all the same while there is room.
                yield othersThan(agentId) < granted
                        ? accept(new SeatTaken(token, agentId, now))
                        : refuse("NoHumanSeatFree", "The held seat has lapsed and all others are in use.");
            }
            case SeatsCommand.FromAgent(Freed(var token)) -> {
                var seat = byToken.get(token);
                if (seat != null) {
                    yield accept(new SeatFreed(token, seat.agentId(), now));
                }
                // Also of a seat never seen taken: that message may still be under way.
                yield closed.contains(token) ? nothing() : accept(new SeatFreed(token, "", now));
            }
            // Who uses too many seats is asked one by one; nothing is taken from anybody unasked.
            case SeatsCommand.Doubted(var doubt) ->
                doubt.kind() == Doubt.Kind.NOT_LIVE && open() ? accept(healed(doubt, "woken", now)) : nothing();
            case SeatsCommand.NotSeated(var token, var agentId) -> {
                var seat = byToken.get(token);
                yield seat != null
                                && seat.agentId().equals(agentId)
                                && seat.until().isEmpty()
                        ? accept(
                                healed(new Doubt(Doubt.Kind.SEATS_OVER_GRANTED, token, agentId), "seatFreed", now),
                                new SeatFreed(token, agentId, now))
                        : nothing();
            }
            case SeatsCommand.DeadlinePassed _ ->
                accept(byToken.entrySet().stream()
                        .filter(e -> e.getValue()
                                .until()
                                .filter(until -> !now.isBefore(until))
                                .isPresent())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .<SeatsEvent>map(token -> new HoldLapsed(token, now))
                        .toList());
        };
    }

    public static Seats apply(Seats seats, SeatsEvent event) {
        var next = new HashMap<>(seats.byToken);
        switch (event) {
            case SeatHeld(var token, var agentId, var total, var until, var _) -> {
                next.values()
                        .removeIf(seat ->
                                seat.agentId().equals(agentId) && seat.until().isPresent());
                next.put(token, new Seat(agentId, Optional.of(until)));
                return new Seats(next, total, seats.closed);
            }
            case SeatTaken(var token, var agentId, var _) -> {
                next.values().removeIf(seat -> seat.agentId().equals(agentId));
                next.put(token, new Seat(agentId, Optional.empty()));
            }
            case SeatFreed(var token, var _, var _) -> {
                next.remove(token);
                return new Seats(next, seats.granted, withLast(seats.closed, token));
            }
            case HoldLapsed(var token, var _) -> next.remove(token);
            case SeatsEvent.TruthHealed _ -> {} // what follows from it is the event behind it
        }
        return new Seats(next, seats.granted, seats.closed);
    }

    private static SeatsEvent healed(Doubt doubt, String did, Instant now) {
        return new SeatsEvent.TruthHealed(doubt.kind().name(), doubt.about(), doubt.with(), did, now);
    }

    private static List<String> withLast(List<String> tokens, String last) {
        var all = new ArrayList<>(tokens);
        all.add(last);
        return all.size() > MAX_CLOSED ? all.subList(1, all.size()) : all;
    }

    /// Who sits, by token, once the seat is taken.
    public Map<String, String> taken() {
        var all = new HashMap<String, String>();
        byToken.forEach((token, seat) -> {
            if (seat.until().isEmpty()) {
                all.put(token, seat.agentId());
            }
        });
        return all;
    }

    /// When the first hold lapses.
    public Optional<Instant> deadline() {
        return byToken.values().stream().flatMap(seat -> seat.until().stream()).min(Instant::compareTo);
    }

    public int inUse() {
        return (int) byToken.values().stream().map(Seat::agentId).distinct().count();
    }

    /// Whether somebody must wake it: a hold lapses by its timer.
    public boolean open() {
        return deadline().isPresent();
    }

    private long othersThan(String agentId) {
        return byToken.values().stream()
                .map(Seat::agentId)
                .filter(other -> !other.equals(agentId))
                .distinct()
                .count();
    }
}
