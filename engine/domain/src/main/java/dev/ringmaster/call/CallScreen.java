package dev.ringmaster.call;

import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.EndedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the agent's page shows of her running call: a pure function of the call's state (`docs/live-protocol.md`,
/// CallScreen).
public record CallScreen(
        String callId,
        Direction direction,
        String phase,
        Instant since,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Optional<String> progress,
        boolean muted,
        boolean recording,
        Duration held,
        Optional<EndedBy> endedBy,
        Optional<CallResult> result,
        Optional<String> agentId) {}
