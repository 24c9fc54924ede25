package dev.ringmaster.agent;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToAgent;
import java.util.Optional;

/// What an agent entity can be asked or told. Commands of her browser carry the session's fence; an older one is
/// refused `SessionSuperseded`.
public sealed interface AgentCommand {
    /// A browser logs in to the line. Answer: the new fence (AGT-012).
    ///
    /// @param resumes hash of the resume token that the browser brought back (the same browser reloads), empty on a
    ///     first login
    /// @param resumeHash hash of the token for the next time
    record OpenSession(
            String sessionId, AgentProfile profile, Optional<String> resumes, String resumeHash, boolean takeOver)
            implements AgentCommand {}

    /// The socket is gone, or silent for 10 s. `onPurpose`: the tab said bye.
    record SessionLost(long fence, boolean onPurpose) implements AgentCommand {}

    record LineOpened(long fence, LineRef line) implements AgentCommand {}

    /// @param withItsEdge the edge that held it is gone: not her doing, and her page opens another line by itself
    record LineLost(LineRef line, boolean withItsEdge) implements AgentCommand {
        public LineLost(LineRef line) {
            this(line, false);
        }
    }

    /// Her own timer.
    record DeadlinePassed() implements AgentCommand {}

    record FromCall(CallToAgent message) implements AgentCommand {}

    record FromQueue(QueueToAgent message) implements AgentCommand {}

    record Confirm(Confirmation confirmation) implements AgentCommand {}

    /// The auditor doubts what she says.
    record Doubted(Doubt doubt) implements AgentCommand {}

    /// Asked by her, of her own accord or after a doubt, the call has said that it has nothing for her under the token.
    record CallHasNothing(String callId, String token) implements AgentCommand {}

    /// Forced off duty (T19).
    record ForceOff(String by) implements AgentCommand {}

    /// What her browser asks.
    sealed interface FromBrowser extends AgentCommand {
        long fence();
    }

    /// @param seat the seat held for her by the ledger of her instance (TEN-013)
    record StartWork(long fence, String seat) implements FromBrowser {}

    record TakeBreak(long fence, BreakReason reason) implements FromBrowser {}

    record GoOffWork(long fence) implements FromBrowser {}

    record ContinueWork(long fence) implements FromBrowser {}

    record CancelPending(long fence) implements FromBrowser {}

    record Answer(long fence, String callId) implements FromBrowser {}

    /// @param clientToken makes the call id: `call-‹agent›-‹client token›`
    /// @param trunkId line of the chosen caller id; the shell has looked both up (AGT-032)
    record Dial(
            long fence,
            String clientToken,
            PhoneNumber number,
            PhoneNumber callerId,
            String trunkId,
            Said remark,
            String source,
            String area)
            implements FromBrowser {}

    record SaveNote(long fence, String callId, String category, String result, Said text) implements FromBrowser {}

    record SetAutoAnswer(long fence, boolean on) implements FromBrowser {}

    /// May she steer this call now? (hold, resume, mute, digits, hang up): decides nothing, journals nothing.
    record Steer(long fence, String callId) implements FromBrowser {}

    /// No rejecting (AGT-007): always refused `CannotReject` while ringing.
    record Reject(long fence, String callId) implements FromBrowser {}
}
