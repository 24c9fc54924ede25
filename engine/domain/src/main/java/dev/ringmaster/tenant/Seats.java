package dev.ringmaster.tenant;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToSeats.Freed;
import dev.ringmaster.exchange.AgentToSeats.Taken;
import dev.ringmaster.tenant.SeatsEvent.HoldLapsed;
import dev.ringmaster.tenant.SeatsEvent.SeatFreed;
import dev.ringmaster.tenant.SeatsEvent.SeatHeld;
import dev.ringmaster.tenant.SeatsEvent.SeatTaken;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The ledger of an instance's human seats: who sits, and under which token (TEN-013). An agent
/// uses one seat at most: a
/// new hold of hers replaces her earlier hold, and once taken what she had.
///
/// @param granted seats of the instance when last told
public record Seats(Map<String, Seat> byToken, int granted) {
    /// A seat that nobody takes is free again after this time.
    public static final Duration HOLD_FOR = Duration.ofSeconds(10);

    public Seats {
        byToken = Map.copyOf(byToken);
    }

    /// @param until when the hold lapses; empty once the seat is taken
    public record Seat(String agentId, Optional<Instant> until) {}

    public static Seats unborn() {
        return new Seats(Map.of(), 0);
    }

    public Decision<SeatsEvent> decide(SeatsCommand command, Instant now) {
        return switch (command) {
            case SeatsCommand.Hold(var token, var agentId, var total) -> {
                if (byToken.containsKey(token)) {
                    yield nothing();
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
                // The hold has lapsed on the way: it is hers all the same while there is room.
                yield othersThan(agentId) < granted
                        ? accept(new SeatTaken(token, agentId, now))
                        : refuse("NoHumanSeatFree", "The held seat has lapsed and all others are in use.");
            }
            case SeatsCommand.FromAgent(Freed(var token)) -> {
                var seat = byToken.get(token);
                yield seat == null ? nothing() : accept(new SeatFreed(token, seat.agentId(), now));
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
                // A seat that she has taken stays hers until the new one is taken: the command that wanted it may be
                // refused.
                next.values()
                        .removeIf(seat ->
                                seat.agentId().equals(agentId) && seat.until().isPresent());
                next.put(token, new Seat(agentId, Optional.of(until)));
                return new Seats(next, total);
            }
            case SeatTaken(var token, var agentId, var _) -> {
                next.values().removeIf(seat -> seat.agentId().equals(agentId));
                next.put(token, new Seat(agentId, Optional.empty()));
            }
            case SeatFreed(var token, var _, var _) -> next.remove(token);
            case HoldLapsed(var token, var _) -> next.remove(token);
        }
        return new Seats(next, seats.granted);
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
                .filter(other -> !Objects.equals(other, agentId))
                .distinct()
                .count();
    }
}
