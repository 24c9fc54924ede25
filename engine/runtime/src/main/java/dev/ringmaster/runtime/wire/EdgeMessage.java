package dev.ringmaster.runtime.wire;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.tenant.Trunk;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What the actor of one edge incarnation is sent.
public sealed interface EdgeMessage extends NodeMessage {
    record CarryOut(CallPlan plan) implements EdgeMessage {}

    record CarryOutLine(LinePlan plan) implements EdgeMessage {}

    record ArrivalKept(String callId, String legId) implements EdgeMessage {}

    /// Every fact of the leg up to `upTo` is journaled. `known` false: there is no such call.
    record FactsKept(String callId, String legId, long upTo, boolean known) implements EdgeMessage {}

    record LineLossKept(LineRef line) implements EdgeMessage {}

    /// The auditor doubts that a leg held here is planned by its call: ask it.
    record Doubted(Doubt doubt) implements EdgeMessage {}

    /// A call asks whether this edge holds a leg of its.
    record IsHeld(String callId, String legId) implements EdgeMessage {}

    /// The call's answer to `CallMessage.IsPlanned`: it plans no such leg.
    ///
    /// @param version of the call's plan, or 0 where there is no call
    record LegNotPlanned(String callId, String legId, long version) implements EdgeMessage {}

    record OpenLine(String agentId, long fence, String sdpOffer, ActorRef<LineReply> replyTo) implements EdgeMessage {}

    record WhoAreYou(ActorRef<IAm> replyTo) implements EdgeMessage {}

    /// @param edge name and process start, as in `Telephony.edge`
    record IAm(String edge, ActorRef<EdgeMessage> actor) implements NodeMessage {}

    /// @param answer null: refused, `problem` says why
    record LineReply(
            Telephony.@Nullable LineAnswer answer, @Nullable String problem) implements NodeMessage {}

    /// The actor's own steps; they never leave the node.
    sealed interface Own extends EdgeMessage {}

    record LegArrived(Telephony.InboundLeg leg) implements Own {}

    record Routed(Telephony.InboundLeg leg, Routing routing) implements Own {}

    /// Where an arrived leg leads: to a call, or to a refusal.
    sealed interface Routing {}

    record To(CallCommand.Arrive arrive) implements Routing {}

    record Nowhere(int sipStatus, String reason, int retryAfterS) implements Routing {}

    /// The outbox holds something new.
    record FactsWaiting() implements Own {}

    record LineUp(String agentId, long fence, LineRef line) implements Own {}

    record LineDown(String agentId, long fence, LineRef line, String reason) implements Own {}

    record Repeat() implements Own {}

    record Heartbeat() implements Own {}

    record Trunks(List<Trunk> trunks) implements Own {}

    /// @param kept whether the part is where all nodes find it
    record Sealed(Sealing sealing, boolean kept) implements Own {}

    /// A part of a recording on its way to where all nodes find it.
    record Sealing(String callId, String legId, LegFact.RecordingSealed part) {}
}
