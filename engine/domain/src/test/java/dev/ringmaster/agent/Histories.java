package dev.ringmaster.agent;

import dev.ringmaster.agent.AgentEvent.*;
import dev.ringmaster.base.Decision;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Agents as they are after some history; all of it happened at nine.
final class Histories {
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    static final LineRef LINE = new LineRef("edge1#1", "line-1");
    static final LineRef OTHER_LINE = new LineRef("edge1#1", "line-2");
    static final AgentProfile ANN =
            new AgentProfile("demo", "Ann", List.of(new AgentProfile.Group("support", "Support")));
    static final Said WORDS = new Said("Wanted an invoice; sent it.");

    static final SessionOpened SESSION = new SessionOpened(1, "s1", ANN, "hash1", false, NINE);
    static final LineOpened LINE_UP = new LineOpened(1, LINE, NINE);
    static final Reserved RESERVED = new Reserved("t1", "c1", "support", NINE.plusSeconds(2), NINE);
    static final OfferReceived OFFERED = new OfferReceived("c1", "t1", card("c1", true), NINE.plusSeconds(30), NINE);

    static final Agent LOGGED_IN = after(Agent.unborn("ann"), SESSION, LINE_UP);
    static final Agent IDLE = after(LOGGED_IN, new WorkStarted("seat1", NINE));
    static final Agent HELD = after(IDLE, RESERVED);
    static final Agent RINGING = after(HELD, OFFERED);
    static final Agent CONNECTING = after(RINGING, new AnswerGiven("c1", "t1", false, NINE));
    static final Agent IN_CALL = after(CONNECTING, new AnswerAgreed("c1", "t1", NINE));
    static final Agent ACW = after(IN_CALL, new CallFinished("c1", "t1", EndedBy.CALLER, "SUCCESS", NINE));
    static final Agent ACW_SAVED = after(ACW, new NoteSaved("c1", "billing", "solved", WORDS, NINE));
    static final Agent BREAK = after(IDLE, new BreakStarted("manual", Optional.of(BreakReason.MEAL), NINE));
    static final Agent DIALING = after(IDLE, dialBegun("x"));
    static final Agent MISSED = after(RINGING, new OfferMissed("c1", "t1", "noAnswer", NINE));

    private Histories() {}

    static CallCard card(String callId, boolean noteRequired) {
        return new CallCard(
                callId,
                Direction.INBOUND,
                new PhoneNumber("13800001234"),
                new PhoneNumber("4001000001"),
                Optional.empty(),
                "Hangzhou",
                List.of("Main menu", "1 Support"),
                "support",
                "Support",
                "longest idle of 1",
                Duration.ofSeconds(3),
                new Said(""),
                noteRequired);
    }

    static DialBegun dialBegun(String clientToken) {
        var callId = "call-ann-" + clientToken;
        return new DialBegun(
                callId,
                callId + "/dial",
                card(callId, false),
                new PhoneNumber("057100000001"),
                "loopback",
                "dialPad",
                Duration.ofSeconds(60),
                NINE);
    }

    static AgentCommand.Dial dial(long fence, String clientToken) {
        return new AgentCommand.Dial(
                fence,
                clientToken,
                new PhoneNumber("13900005678"),
                new PhoneNumber("057100000001"),
                "loopback",
                new Said("call back"),
                "dialPad",
                "");
    }

    static Agent after(Agent agent, AgentEvent... events) {
        for (var event : events) {
            agent = Agent.apply(agent, event);
        }
        return agent;
    }

    static Agent after(Agent agent, List<AgentEvent> events) {
        return after(agent, events.toArray(AgentEvent[]::new));
    }

    /// What the command led to; a refusal is a mistake of the test.
    static List<AgentEvent> accepted(Agent agent, AgentCommand command, Instant now) {
        return switch (agent.decide(command, now)) {
            case Decision.Accepted<AgentEvent>(var events) -> new ArrayList<>(events);
            case Decision.Refused<AgentEvent>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    static Agent does(Agent agent, AgentCommand command, Instant now) {
        return after(agent, accepted(agent, command, now));
    }

    static String refusal(Agent agent, AgentCommand command, Instant now) {
        return agent.decide(command, now) instanceof Decision.Refused<AgentEvent>(var refusal)
                ? refusal.code()
                : "accepted";
    }
}
