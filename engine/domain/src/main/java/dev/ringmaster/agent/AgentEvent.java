package dev.ringmaster.agent;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What has happened to an agent.
public sealed interface AgentEvent {
    Instant at();

    record SessionOpened(
            long fence, String sessionId, AgentProfile profile, String resumeHash, boolean resumed, Instant at)
            implements AgentEvent {}

    record SessionLost(long fence, boolean onPurpose, Instant at) implements AgentEvent {}

    record LineOpened(long fence, LineRef line, Instant at) implements AgentEvent {}

    record LineLost(LineRef line, Instant at) implements AgentEvent {}

    record WorkStarted(String seat, Instant at) implements AgentEvent {}

    /// @param cause `manual`, `noAnswer`, `lost`, `forced`
    record BreakStarted(String cause, Optional<BreakReason> reason, Instant at) implements AgentEvent {}

    /// @param cause `manual`, `lost`, `forced`
    record WorkEnded(String cause, String by, Instant at) implements AgentEvent {}

    /// Back on line from break or wrap-up.
    record WorkContinued(Instant at) implements AgentEvent {}

    /// "After this call": a break (with reason) or off duty (without); empty = no wish any more.
    record WishNoted(Optional<Wish> wish, Instant at) implements AgentEvent {}

    record Reserved(String token, String callId, String groupId, Instant until, Instant at) implements AgentEvent {}

    record ReservationReleased(String token, Instant at) implements AgentEvent {}

    record OfferReceived(String callId, String token, CallCard card, Instant until, Instant at) implements AgentEvent {}

    record OfferWithdrawn(String callId, String token, String reason, Instant at) implements AgentEvent {}

    /// She did not answer: BREAK. The call is told (owed).
    ///
    /// @param cause `noAnswer` or `lost`
    record OfferMissed(String callId, String token, String cause, Instant at) implements AgentEvent {}

    /// The call had ended before she missed or answered it: back to IDLE, nothing is her fault.
    record OfferVoided(String callId, String token, Instant at) implements AgentEvent {}

    /// She pressed answer (or auto-answer did); the call has still to agree.
    record AnswerGiven(String callId, String token, boolean automatic, Instant at) implements AgentEvent {}

    record AnswerAgreed(String callId, String token, Instant at) implements AgentEvent {}

    record DialBegun(
            String callId,
            String token,
            CallCard card,
            PhoneNumber callerId,
            String trunkId,
            String source,
            Duration ringFor,
            Instant at)
            implements AgentEvent {}

    record DialAnswered(String callId, String token, Instant at) implements AgentEvent {}

    record DialFailed(String callId, String token, String result, Instant at) implements AgentEvent {}

    record CallFinished(String callId, String token, EndedBy endedBy, String result, Instant at)
            implements AgentEvent {}

    /// Her connection stayed lost for too long in a call; she no longer serves it.
    record CallForsaken(String callId, String token, Instant at) implements AgentEvent {}

    record NoteSaved(String callId, String category, String result, Said text, Instant at) implements AgentEvent {}

    record AutoAnswerSet(boolean on, Instant at) implements AgentEvent {}

    /// The auditor had doubts, or she asked her call of her own accord; she has looked for herself,
    /// and something was wrong.
    ///
    /// @param kind name of a [dev.ringmaster.exchange.Doubt.Kind]
    /// @param about the token, group, debt or fence that it was about
    /// @param with whose word stood against it
    /// @param did `woken`, `toldAgain`, `sessionClosed`, `callFinished`, `offerWithdrawn`, `sentAgain`,
    ///     `deadlineKept`; what follows from it are the events behind this one
    record TruthHealed(String kind, String about, String with, String did, Instant at) implements AgentEvent {}

    record DebtPaid(String key, boolean agreed, Instant at) implements AgentEvent {}

    /// A wish for after the call.
    record Wish(boolean off, Optional<BreakReason> reason) {}
}
