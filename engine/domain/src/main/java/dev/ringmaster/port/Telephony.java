package dev.ringmaster.port;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The telephone of one edge: SIP legs, agents' lines and their media. It knows no actor; it carries out plans and
/// reports facts, and goes on relaying audio when nobody speaks to it. All methods return at once.
public interface Telephony {
    /// Name and process start of this edge, e.g. `edge1#1763832000123`.
    String edge();

    void listen(Listener listener);

    /// The lines of this installation as they are now (the whole set, again on every change).
    void trunks(List<Trunk> trunks);

    /// Converge to the plan; a version below the last one seen for this call is ignored, the same one changes
    /// nothing.
    void carryOut(CallPlan plan);

    void carryOut(LinePlan plan);

    /// Answers an inbound leg that has no call: unknown number (404), overload (503 with Retry-After in seconds, 0
    /// = none).
    void refuse(String legId, int sipStatus, String reason, int retryAfterS);

    /// A browser's offer for an agent's standing line; the answer's SDP, or a failed stage with a sentence.
    CompletionStage<LineAnswer> openLine(String agentId, long fence, String sdpOffer);

    /// The legs held now, by call, with the plan version last carried out; and the lines.
    Held held();

    /// Whether audio of a line was received in the last seconds.
    boolean lineAlive(LineRef line);

    record LineAnswer(LineRef line, String sdp) {}

    record Held(List<HeldCall> calls, List<HeldLine> lines) {}

    record HeldCall(String callId, long planVersion, Set<String> legIds) {}

    record HeldLine(String agentId, long fence, LineRef line) {}

    /// How the telephone itself is doing, as far as that limits new calls.
    ///
    /// @param legs held now
    /// @param newCalls let in and not told as `arrived` yet
    /// @param mediaLateness how late paced packets were, 99 of 100, in the best of the last three seconds
    record Load(int legs, int newCalls, Duration mediaLateness) {}

    /// Why no further call is taken now.
    ///
    /// @param reason as it is counted
    record TooMuch(String reason, int retryAfterS) {}

    /// An INVITE with an acceptable offer from a trusted address; 100 has been sent, nothing else is promised.
    ///
    /// @param called the request URI's user part
    /// @param held for how long it has been here
    record InboundLeg(
            String legId,
            String trunkId,
            PhoneNumber from,
            PhoneNumber called,
            Optional<PersonName> displayName,
            SipDialog dialog,
            Duration held) {}

    /// Called on telephony's own threads; must return at once.
    interface Listener {
        /// Asked before anything is kept of a new INVITE, so that refusing one costs little more than reading it: why
        /// it shall not be taken. A caller who gets through is told as `arrived` unless his INVITE is faulty.
        default Optional<TooMuch> refuses(Load load) {
            return Optional.empty();
        }

        void arrived(InboundLeg leg);

        /// A fact of a leg, in the order in which it became true. `callId` is that of the plan; a leg that ends
        /// before it got a plan is told as `legGone`.
        void fact(String callId, String legId, LegFact fact);

        void legGone(String legId);

        void lineUp(String agentId, long fence, LineRef line);

        void lineLost(String agentId, long fence, LineRef line, String reason);
    }
}
