package dev.ringmaster.agent;

import dev.ringmaster.exchange.CallCard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What her page shows: a pure function of her state (`docs/live-protocol.md`, AgentScreen).
public record AgentScreen(
        String agentId,
        String state,
        Optional<String> sub,
        String cause,
        Optional<BreakReason> reason,
        Instant since,
        Optional<Instant> deadline,
        Optional<AgentEvent.Wish> pending,
        String connection,
        String line,
        boolean autoAnswer,
        List<AgentProfile.Group> groups,
        Optional<String> callId,
        Optional<CallCard> card,
        Optional<Note> note,
        Optional<Notice> notice,
        List<String> actions) {
    public AgentScreen {
        groups = List.copyOf(groups);
        actions = List.copyOf(actions);
    }

    public record Note(String callId, boolean required, boolean saved, String category, String result, String text) {}

    public record Notice(String code, Instant at, Optional<String> callId, String detail) {}
}
