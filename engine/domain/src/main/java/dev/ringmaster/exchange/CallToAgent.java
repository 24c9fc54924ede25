package dev.ringmaster.exchange;

import java.time.Duration;

/// What a call tells an agent. `token` is the reservation under which they know each other.
public sealed interface CallToAgent {
    String callId();

    String token();

    /// Ring now, for so long. Refused when the token is closed or the agent is not free.
    record Ring(String callId, String token, Duration ringFor, CallCard card) implements CallToAgent {}

    /// The offer is off while it was ringing (caller gone, call withdrawn).
    record Withdrawn(String callId, String token, String reason) implements CallToAgent {}

    /// The callee of her own dial has answered.
    record DialAnswered(String callId, String token) implements CallToAgent {}

    /// Her own dial failed or was cancelled before an answer.
    ///
    /// @param result name of the call result, `call.CallResult`
    record DialFailed(String callId, String token, String result) implements CallToAgent {}

    /// The conversation is over for this agent; wrap-up begins.
    record Ended(String callId, String token, EndedBy endedBy, String result) implements CallToAgent {}
}
