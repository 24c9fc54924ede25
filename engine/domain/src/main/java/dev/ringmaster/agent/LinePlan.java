package dev.ringmaster.agent;

import dev.ringmaster.exchange.LineRef;
import java.util.Optional;

/// What the agent's line shall do: a pure function of her state, handed to the edge that holds it. One of the two
/// keys to her ear: the edge bridges only what this plan and the call's plan both say.
///
/// @param line the line that this plan is about; every other line of hers on that edge is closed
/// @param fence the fence under which a kept line was opened (it may be older than the session: the same browser came
///     back and its line still stood), else that of the session; lines of older fences are closed
/// @param keep whether the line shall stay open (false: close it)
/// @param callId the call that the line serves now
/// @param alert whether she hears a beep before this call is bridged to this line (auto-answer); once a call and line
public record LinePlan(
        String agentId, LineRef line, long version, long fence, boolean keep, Optional<String> callId, boolean alert) {}
