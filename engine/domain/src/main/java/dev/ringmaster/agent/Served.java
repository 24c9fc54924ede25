package dev.ringmaster.agent;

import dev.ringmaster.exchange.CallCard;

/// The call that an agent has to do with now.
///
/// @param token under which she and the call know each other
/// @param toldLine version of her line that the call has been, or is being, told
public record Served(String callId, String token, CallCard card, long toldLine) {
    boolean is(String otherToken) {
        return token.equals(otherToken);
    }

    Served told(long lineVersion) {
        return new Served(callId, token, card, lineVersion);
    }
}
