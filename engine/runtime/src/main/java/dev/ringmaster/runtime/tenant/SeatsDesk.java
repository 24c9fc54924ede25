package dev.ringmaster.runtime.tenant;

import dev.ringmaster.port.Directory;
import dev.ringmaster.runtime.wire.Question;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.util.concurrent.CompletionStage;

/// The front door to the seat ledger (TEN-011, TEN-013).
public final class SeatsDesk {
    private final Question question;
    private final Directory directory;

    public SeatsDesk(Question question, Directory directory) {
        this.question = question;
        this.directory = directory;
    }

    /// Keeps a human seat for this agent for a moment: `Done` with its token as `seat`, or
    /// `NoHumanSeatFree`. A seat that no agent takes
    /// falls back by itself.
    ///
    /// @param commandId of the command that needs the seat: its repeat gets the same seat
    public CompletionStage<Reply> hold(String instanceId, String agentId, String commandId) {
        var token = "seat-" + agentId + "-" + commandId;
        return directory
                .humanSeats(instanceId)
                .thenCompose(granted ->
                        question.seats(instanceId, replyTo -> new SeatsMessage.Hold(token, agentId, granted, replyTo)));
    }
}
