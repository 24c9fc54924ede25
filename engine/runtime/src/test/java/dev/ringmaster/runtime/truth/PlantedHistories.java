package dev.ringmaster.runtime.truth;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.base.Decision;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.exchange.RoutingDecision;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.Flows;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.runtime.edge.ScriptedTelephony;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Days of calls and agents as the journal would have them, each with a group of its own.
final class PlantedHistories {
    static final Duration A_DAY = Duration.ofDays(1);

    private static final Flows FLOWS = ref -> new IvrFlow(
            ref.flowId(),
            ref.version(),
            "",
            "queue",
            List.of(new IvrFlow.ToGroup("queue", ref.flowId(), ref.flowId(), 0, "music", List.of(), A_DAY)));

    private final String edge;
    private final Instant now;

    PlantedHistories(String edge, Instant now) {
        this.edge = edge;
        this.now = now;
    }

    /// It waits in the group `g-‹call›`.
    List<CallEvent> waits(String callId) {
        return call(callId, List.of());
    }

    /// It talks with this agent under the token `t-‹call›`.
    List<CallEvent> talks(String callId, String agentId) {
        var token = "t-" + callId;
        var why = new RoutingDecision("longestIdle", 1, 1, Duration.ZERO, List.of(), Map.of());
        return call(
                callId,
                List.of(
                        new CallCommand.FromQueue(new QueueToCall.Offer("g-" + callId, token, agentId, agentId, why)),
                        new CallCommand.Confirm(new Confirmation("ring/" + token, true, null)),
                        new CallCommand.FromAgent(
                                new AgentToCall.Answered(callId, token, agentId, agentId, line(agentId))),
                        new CallCommand.Confirm(new Confirmation("left/g-" + callId + "/6", true, null))));
    }

    private List<CallEvent> call(String callId, List<CallCommand> then) {
        var commands = new ArrayList<CallCommand>();
        commands.add(new CallCommand.Arrive(
                "demo",
                "leg-" + callId,
                edge,
                "loopback",
                new PhoneNumber("13800000000"),
                new PhoneNumber("4001000002"),
                Optional.empty(),
                "",
                new FlowRef("g-" + callId, 1),
                Optional.empty(),
                ScriptedTelephony.dialog("leg-" + callId)));
        commands.addAll(then);
        var events = new ArrayList<CallEvent>();
        var call = Call.unborn(callId);
        for (var command : commands) {
            for (var event : accepted(call.decide(command, now, FLOWS))) {
                call = Call.apply(call, event);
                events.add(event);
            }
        }
        return events;
    }

    /// She is logged in and no more.
    List<AgentEvent> loggedIn(String agentId) {
        return agent(agentId, List.of());
    }

    /// She is free for the group `g-‹agent›`.
    List<AgentEvent> free(String agentId) {
        return agent(agentId, toWork(agentId));
    }

    /// She was free; now her connection is lost.
    List<AgentEvent> lost(String agentId) {
        var commands = new ArrayList<>(toWork(agentId));
        commands.add(new AgentCommand.SessionLost(1, false));
        return agent(agentId, commands);
    }

    /// It rings at her for a day.
    List<AgentEvent> rings(String agentId, String callId) {
        var token = "t-" + callId;
        var commands = new ArrayList<>(toWork(agentId));
        commands.add(new AgentCommand.FromQueue(new QueueToAgent.Reserve(token, callId, "g-" + agentId, A_DAY)));
        commands.add(new AgentCommand.FromCall(new CallToAgent.Ring(callId, token, A_DAY, card(callId))));
        return agent(agentId, commands);
    }

    /// She talks in this call.
    List<AgentEvent> inCall(String agentId, String callId) {
        var commands = List.of(
                new AgentCommand.Answer(1, callId),
                new AgentCommand.Confirm(new Confirmation("answered/t-" + callId, true, null)));
        var events = new ArrayList<>(rings(agentId, callId));
        var agent = Agent.unborn(agentId);
        for (var event : events) {
            agent = Agent.apply(agent, event);
        }
        for (var command : commands) {
            for (var event : accepted(agent.decide(command, now))) {
                agent = Agent.apply(agent, event);
                events.add(event);
            }
        }
        return events;
    }

    private List<AgentCommand> toWork(String agentId) {
        return List.of(new AgentCommand.LineOpened(1, line(agentId)), new AgentCommand.StartWork(1, "seat-" + agentId));
    }

    private List<AgentEvent> agent(String agentId, List<AgentCommand> then) {
        var profile =
                new AgentProfile("demo", agentId, List.of(new AgentProfile.Group("g-" + agentId, "Of " + agentId)));
        var commands = new ArrayList<AgentCommand>();
        commands.add(new AgentCommand.OpenSession("s-" + agentId, profile, Optional.empty(), "h", false));
        commands.addAll(then);
        var events = new ArrayList<AgentEvent>();
        var agent = Agent.unborn(agentId);
        for (var command : commands) {
            for (var event : accepted(agent.decide(command, now))) {
                agent = Agent.apply(agent, event);
                events.add(event);
            }
        }
        return events;
    }

    private static <E> List<E> accepted(Decision<E> decision) {
        return switch (decision) {
            case Decision.Accepted<E>(var events) -> events;
            case Decision.Refused<E>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private LineRef line(String agentId) {
        return new LineRef(edge, "line-" + agentId);
    }

    private static CallCard card(String callId) {
        return new CallCard(
                callId,
                Direction.INBOUND,
                new PhoneNumber("13800000000"),
                new PhoneNumber("4001000002"),
                Optional.empty(),
                "",
                List.of(),
                "g",
                "g",
                "",
                Duration.ZERO,
                new Said(""),
                false);
    }
}
