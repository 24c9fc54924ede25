package dev.ringmaster.call;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.RoutingDecision;
import dev.ringmaster.ivr.FlowRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What has happened to a call. Facts: they live for ever, are only added to, and replaying them gives the same
/// call. `fact` is the number of the leg's fact that caused the event (0 where none did), so that repeats are known
/// after a crash.
public sealed interface CallEvent {
    Instant at();

    record CallArrived(
            String instanceId,
            String legId,
            String edge,
            String trunkId,
            PhoneNumber from,
            PhoneNumber to,
            Optional<PersonName> displayName,
            String area,
            FlowRef flow,
            Optional<Integer> surveyLevels,
            SipDialog dialog,
            Instant at)
            implements CallEvent {}

    record DialStarted(
            String instanceId,
            String legId,
            String edge,
            String trunkId,
            PhoneNumber number,
            PhoneNumber callerId,
            String area,
            Said remark,
            String source,
            String agentId,
            String agentName,
            String groupId,
            String groupName,
            String token,
            LineRef line,
            Duration ringFor,
            Instant at)
            implements CallEvent {}

    /// The inbound leg shall be answered now (the 200 goes out after this).
    record CallAnswered(Instant at) implements CallEvent {}

    record LegProgressed(String legId, long fact, int sipStatus, boolean earlyMedia, Instant at) implements CallEvent {}

    record LegEstablished(String legId, long fact, SipDialog dialog, Instant at) implements CallEvent {}

    /// A node of the flow begins, or begins again after a wrong key or none.
    ///
    /// @param generation counts the prompts of this call up, so that the late end of an older one is void
    /// @param prompts what is played now, copied from the document: the plan needs nothing but the call
    /// @param keyTimeout how long to wait for a key after the prompts, empty where none is wanted
    record NodeEntered(
            String nodeId,
            int attempt,
            long generation,
            List<String> prompts,
            Optional<Duration> keyTimeout,
            Instant at)
            implements CallEvent {
        public NodeEntered {
            prompts = List.copyOf(prompts);
        }
    }

    record KeyPressed(String legId, long fact, Said key, Instant at) implements CallEvent {}

    /// A menu choice or another step of the path that people see (HOT-013).
    record PathExtended(String label, Instant at) implements CallEvent {}

    record PromptFinished(String legId, long fact, long generation, Duration played, boolean whole, Instant at)
            implements CallEvent {}

    record CallQueued(
            String groupId,
            String groupName,
            int priority,
            String music,
            List<String> nobodyPrompts,
            Duration ringFor,
            Instant since,
            Instant at)
            implements CallEvent {
        public CallQueued {
            nobodyPrompts = List.copyOf(nobodyPrompts);
        }
    }

    record CallOffered(String agentId, String agentName, String token, RoutingDecision decision, Instant at)
            implements CallEvent {}

    /// The agent has confirmed that she rings.
    record RingConfirmed(String token, Instant at) implements CallEvent {}

    /// The offer came to nothing; the caller has her old place again.
    ///
    /// @param reason `noAnswer`, `lost`, `refused`, `unconfirmed`, `silent`
    record OfferEnded(String agentId, String token, String reason, Instant at) implements CallEvent {}

    record AgentConnected(String agentId, String agentName, String token, LineRef line, String recordingId, Instant at)
            implements CallEvent {}

    /// Her voice has moved to another line, or is nowhere for the moment.
    record LineMoved(String agentId, long version, Optional<LineRef> line, Instant at) implements CallEvent {}

    record CallHeld(Instant at) implements CallEvent {}

    record CallResumed(Instant at) implements CallEvent {}

    record MuteChanged(boolean on, Instant at) implements CallEvent {}

    record DigitsSent(String id, Said keys, Instant at) implements CallEvent {}

    /// The agent is out of the conversation while the customer stays (survey, back to the queue).
    record AgentReleased(String agentId, String token, EndedBy endedBy, String reason, Instant at)
            implements CallEvent {}

    record AnnouncementStarted(String kind, List<String> prompts, long generation, Instant at) implements CallEvent {
        public AnnouncementStarted {
            prompts = List.copyOf(prompts);
        }
    }

    record SurveyStarted(int levels, int attempt, long generation, Instant at) implements CallEvent {}

    record SurveyScored(int score, Instant at) implements CallEvent {}

    record MediaLost(String legId, long fact, Duration silent, Instant at) implements CallEvent {}

    record LegEnded(String legId, long fact, LegEnd end, Instant at) implements CallEvent {}

    record RecordingSealed(
            String legId,
            long fact,
            String recordingId,
            String part,
            Duration offset,
            Duration length,
            long bytes,
            Instant at)
            implements CallEvent {}

    record QualityNoted(
            String legId, long fact, long packetsReceived, long packetsLost, int jitterMs, int rttMs, Instant at)
            implements CallEvent {}

    /// A fact that changed nothing was seen.
    record FactSeen(String legId, long fact, Instant at) implements CallEvent {}

    /// The call is over. Legs that still stand are closed by the plan; what is owed stays owed.
    record CallEnded(EndedBy endedBy, CallResult result, String cause, Instant at) implements CallEvent {}

    record LegMoved(String legId, String edge, Instant at) implements CallEvent {}

    /// The auditor had doubts, the call has looked for itself, and something was wrong.
    ///
    /// @param kind name of a [dev.ringmaster.exchange.Doubt.Kind]
    /// @param about the leg, token, group or debt that it was about
    /// @param with whose word stood against it
    /// @param did `woken`, `toldAgain`, `leftQueue`, `legClosed`, `legLost`, `agentReleased`, `tokenClosed`,
    ///     `sentAgain`, `deadlineKept`; what follows from it are the events behind this one
    record TruthHealed(String kind, String about, String with, String did, Instant at) implements CallEvent {}

    /// Somebody has confirmed what this call owed.
    record DebtPaid(String key, boolean agreed, Instant at) implements CallEvent {}
}
