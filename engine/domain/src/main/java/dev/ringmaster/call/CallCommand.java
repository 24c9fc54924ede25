package dev.ringmaster.call;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.FlowRef;
import java.util.Optional;

/// What a call can be asked or told.
public sealed interface CallCommand {
    /// An INVITE has reached an edge and its number is known. First command of an inbound call.
    ///
    /// @param edge the incarnation that holds the leg
    /// @param surveyLevels level count of the satisfaction survey after an agent hung up, empty = none (HOT-018)
    record Arrive(
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
            SipDialog dialog)
            implements CallCommand {}

    /// A numbered fact of a leg. Numbers of a leg begin at 1 and only grow; gaps and any order are borne, repeats are
    /// agreed and ignored. A refusal (`UnknownLeg`) means that the edge may drop the fact and close the leg.
    record Fact(String legId, long seq, LegFact fact) implements CallCommand {}

    /// The edge incarnation is gone for good (or no longer holds the leg); `successor` is a living edge that can
    /// send the last BYE.
    record EdgeLost(String edge, Optional<String> successor) implements CallCommand {}

    /// Its own timer.
    record DeadlinePassed() implements CallCommand {}

    record FromAgent(AgentToCall message) implements CallCommand {}

    record FromQueue(QueueToCall message) implements CallCommand {}

    /// A message that this call owed has arrived.
    record Confirm(Confirmation confirmation) implements CallCommand {}

    /// The auditor doubts what this call says.
    record Doubted(Doubt doubt) implements CallCommand {}

    /// Asked by this call, the edge has said that it does not hold the leg.
    record LegNotHeld(String legId, String edge) implements CallCommand {}

    /// Asked by this call, the agent has said that she has nothing under the token.
    record AgentHasNothing(String agentId, String token) implements CallCommand {}

    /// An agent asks what this call has under the token.
    record AskedUnder(String agentId, String token) implements CallCommand {}

    /// What the agent's buttons ask; the agent entity has checked session and call before.
    sealed interface Control extends CallCommand {
        String agentId();
    }

    record Hold(String agentId) implements Control {}

    record Resume(String agentId) implements Control {}

    record Mute(String agentId, boolean on) implements Control {}

    /// @param id client token, so that a repeat sends nothing twice
    record SendDigits(String agentId, String id, Said keys) implements Control {}

    record HangUp(String agentId) implements Control {}
}
