package dev.ringmaster.persistence.read;

import java.time.Instant;
import java.util.Optional;

/// What a list of calls is narrowed to; an empty field narrows nothing.
///
/// @param number exactly `from` or `to`
/// @param text part of a number, of the customer's name or of the agent's
/// @param agentId calls of this agent: her own list (AGT-033), or an administrator's choice
/// @param from started at or after
/// @param to started before
public record CallFilter(
        Optional<String> number,
        Optional<String> text,
        Optional<String> direction,
        Optional<String> result,
        Optional<String> groupId,
        Optional<String> agentId,
        Optional<Instant> from,
        Optional<Instant> to) {
    public static final CallFilter ALL = new CallFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public CallFilter withNumber(String value) {
        return new CallFilter(Optional.of(value), text, direction, result, groupId, agentId, from, to);
    }

    public CallFilter withText(String value) {
        return new CallFilter(number, Optional.of(value), direction, result, groupId, agentId, from, to);
    }

    public CallFilter withAgent(String value) {
        return new CallFilter(number, text, direction, result, groupId, Optional.of(value), from, to);
    }
}
