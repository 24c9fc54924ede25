package dev.ringmaster.agent;

import dev.ringmaster.exchange.LineRef;
import java.util.Optional;

/// What the agent's line shall do: a pure function of her state, handed to the edge that holds it. One of the two
/// keys to her ear: the edge bridges only what this plan and the call's plan both say.
///
/// @param fence the only session whose line may live; an older one is closed
/// @param keep whether the line shall stay open (false: close it)
/// @param callId the call that the line serves now
/// @param alert whether she hears the auto-answer beep before the bridge
public record LinePlan(
        String agentId, LineRef line, long version, long fence, boolean keep, Optional<String> callId, boolean alert) {}
