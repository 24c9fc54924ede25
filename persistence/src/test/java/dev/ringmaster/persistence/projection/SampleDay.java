package dev.ringmaster.persistence.projection;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.agent.BreakReason;
import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallResult;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.RoutingDecision;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.persistence.journal.JournalWriter;
import dev.ringmaster.persistence.journal.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A day in a contact centre as it stands in the journal: calls and the agents who took them, in the order of time.
final class SampleDay {
    static final String TENANT = "ccc_demo_00000001";
    static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private static final LineRef LINE = new LineRef("edge1#1", "line-1");

    private final List<Happened> happened = new ArrayList<>();
    private final Map<String, Call> calls = new HashMap<>();
    private final Map<String, Agent> agents = new HashMap<>();

    private record Happened(Instant at, String persistenceId, Object event) {}

    /// Writes what has been told so far, each event in a transaction of its own.
    void writeTo(JournalWriter journal) {
        happened.stream()
                .sorted(Comparator.comparing(Happened::at))
                .forEach(h -> journal.write(h.persistenceId(), h.event()));
        happened.clear();
    }

    void startsWork(String agentId, Instant at) {
        agent(
                agentId,
                new AgentEvent.SessionOpened(
                        1,
                        "s",
                        new AgentProfile(
                                TENANT, "Name of " + agentId, List.of(new AgentProfile.Group("support", "Support"))),
                        "h",
                        false,
                        at),
                new AgentEvent.WorkStarted("seat-" + agentId, at));
        payAgent(agentId, at.plusMillis(5));
    }

    void breaksAndEnds(String agentId, Instant at) {
        agent(
                agentId,
                new AgentEvent.BreakStarted("manual", Optional.of(BreakReason.MEAL), at),
                new AgentEvent.WorkEnded("manual", agentId, at.plusSeconds(60)));
        payAgent(agentId, at.plusSeconds(61));
    }

    /// IVR 4 s, queue 6 s, ring 2 s, talk 20 s, hold 5 s, talk 10 s, wrap-up 15 s.
    void answered(String callId, String agentId, String from, Instant at) {
        inIvr(callId, from, at);
        queued(callId, at.plusSeconds(4));
        rings(callId, agentId, at.plusSeconds(10));
        var answer = at.plusSeconds(12);
        var token = "token-" + callId;
        agent(agentId, new AgentEvent.AnswerGiven(callId, token, false, answer));
        call(
                callId,
                new CallEvent.AgentConnected(agentId, "Name of " + agentId, token, LINE, "rec-" + callId, answer),
                new CallEvent.CallHeld(at.plusSeconds(32)),
                new CallEvent.CallResumed(at.plusSeconds(37)));
        agent(agentId, new AgentEvent.AnswerAgreed(callId, token, answer));
        var end = at.plusSeconds(47);
        ended(callId, EndedBy.CALLER, CallResult.SUCCESS, end);
        agent(
                agentId,
                new AgentEvent.CallFinished(callId, token, EndedBy.CALLER, "SUCCESS", end.plusMillis(3)),
                new AgentEvent.NoteSaved(
                        callId, "billing", "solved", new Said("note of " + callId), end.plusSeconds(10)),
                new AgentEvent.WorkContinued(end.plusMillis(3).plusSeconds(15)));
        payAgent(agentId, end.plusSeconds(16));
    }

    /// Rings out at Ann's, then the caller gives up.
    void missedThenAbandoned(String callId, String agentId, String from, Instant at) {
        inIvr(callId, from, at);
        queued(callId, at.plusSeconds(4));
        rings(callId, agentId, at.plusSeconds(5));
        var token = "token-" + callId;
        var missed = at.plusSeconds(35);
        agent(agentId, new AgentEvent.OfferMissed(callId, token, "noAnswer", missed));
        call(callId, new CallEvent.OfferEnded(agentId, token, "noAnswer", missed));
        ended(callId, EndedBy.CALLER, CallResult.ABANDONED, at.plusSeconds(50));
        agent(agentId, new AgentEvent.WorkContinued(at.plusSeconds(55)));
        payAgent(agentId, at.plusSeconds(56));
    }

    void abandonedInIvr(String callId, String from, Instant at) {
        inIvr(callId, from, at);
        ended(callId, EndedBy.CALLER, CallResult.ABANDONED, at.plusSeconds(3));
    }

    void dialled(String callId, String agentId, String number, boolean answered, Instant at) {
        var card = new CallCard(
                callId,
                Direction.OUTBOUND,
                new PhoneNumber("057100000001"),
                new PhoneNumber(number),
                Optional.empty(),
                "杭州",
                List.of(),
                "support",
                "Support",
                "",
                Duration.ZERO,
                new Said("call back"),
                false);
        agent(
                agentId,
                new AgentEvent.DialBegun(
                        callId,
                        "token-" + callId,
                        card,
                        new PhoneNumber("057100000001"),
                        "loopback",
                        "fab",
                        Duration.ofSeconds(60),
                        at));
        call(
                callId,
                new CallEvent.DialStarted(
                        TENANT,
                        "leg-" + callId,
                        "edge1#1",
                        "loopback",
                        new PhoneNumber(number),
                        new PhoneNumber("057100000001"),
                        "杭州",
                        new Said("call back"),
                        "fab",
                        agentId,
                        "Name of " + agentId,
                        "support",
                        "Support",
                        "token-" + callId,
                        LINE,
                        Duration.ofSeconds(60),
                        at));
        var token = "token-" + callId;
        if (answered) {
            call(
                    callId,
                    new CallEvent.LegEstablished("leg-" + callId, 2, Samples.of(SipDialog.class), at.plusSeconds(5)),
                    new CallEvent.AgentConnected(
                            agentId, "Name of " + agentId, token, LINE, "rec-" + callId, at.plusSeconds(5)));
            agent(agentId, new AgentEvent.DialAnswered(callId, token, at.plusSeconds(5)));
            ended(callId, EndedBy.AGENT, CallResult.SUCCESS, at.plusSeconds(25));
            agent(
                    agentId,
                    new AgentEvent.CallFinished(callId, token, EndedBy.AGENT, "SUCCESS", at.plusSeconds(25)),
                    new AgentEvent.WorkContinued(at.plusSeconds(30)));
        } else {
            ended(callId, EndedBy.SYSTEM, CallResult.BUSY, at.plusSeconds(2));
            agent(agentId, new AgentEvent.DialFailed(callId, token, "BUSY", at.plusSeconds(2)));
        }
        payAgent(agentId, at.plusSeconds(31));
    }

    void inIvr(String callId, String from, Instant at) {
        call(
                callId,
                new CallEvent.CallArrived(
                        TENANT,
                        "leg-" + callId,
                        "edge1#1",
                        "loopback",
                        new PhoneNumber(from),
                        new PhoneNumber("4001000001"),
                        Optional.of(new PersonName("Caller " + from)),
                        "上海",
                        new FlowRef("main", 1),
                        Optional.empty(),
                        Samples.of(SipDialog.class),
                        at),
                new CallEvent.CallAnswered(at.plusMillis(20)),
                new CallEvent.NodeEntered(
                        "menu", 1, 1, List.of("welcome"), Optional.of(Duration.ofSeconds(5)), at.plusMillis(20)),
                new CallEvent.KeyPressed("leg-" + callId, 2, new Said("1"), at.plusSeconds(2)),
                new CallEvent.PathExtended("Main menu", at.plusSeconds(2)),
                new CallEvent.PathExtended("1 Support", at.plusSeconds(2)));
    }

    void queued(String callId, Instant at) {
        call(
                callId,
                new CallEvent.CallQueued("support", "Support", 0, "music", List.of(), Duration.ofSeconds(30), at, at));
    }

    private void rings(String callId, String agentId, Instant at) {
        var token = "token-" + callId;
        var card = new CallCard(
                callId,
                Direction.INBOUND,
                new PhoneNumber("13800000000"),
                new PhoneNumber("4001000001"),
                Optional.empty(),
                "上海",
                List.of("Main menu", "1 Support"),
                "support",
                "Support",
                "longest idle of 1",
                Duration.ofSeconds(6),
                new Said(""),
                true);
        var decision = new RoutingDecision(
                "longestIdle",
                1,
                1,
                Duration.ofSeconds(6),
                List.of(new RoutingDecision.Candidate(agentId, "IDLE", Duration.ofSeconds(60), "chosen")),
                Map.of());
        agent(agentId, new AgentEvent.Reserved(token, callId, "support", at.plusSeconds(2), at));
        call(callId, new CallEvent.CallOffered(agentId, "Name of " + agentId, token, decision, at));
        agent(agentId, new AgentEvent.OfferReceived(callId, token, card, at.plusSeconds(30), at));
        call(callId, new CallEvent.RingConfirmed(token, at));
    }

    private void ended(String callId, EndedBy by, CallResult result, Instant at) {
        call(
                callId,
                new CallEvent.LegEnded("leg-" + callId, 9, new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 16), at),
                new CallEvent.CallEnded(by, result, "test", at),
                new CallEvent.QualityNoted("leg-" + callId, 10, 1000, 1, 3, 20, at.plusMillis(10)));
        for (var owed :
                calls.get(callId) == null ? List.<Owed>of() : calls.get(callId).owed()) {
            call(callId, new CallEvent.DebtPaid(owed.key(), true, at.plusMillis(20)));
        }
    }

    private void payAgent(String agentId, Instant at) {
        var agent = agents.get(agentId);
        for (var owed : agent == null ? List.<Owed>of() : agent.owed()) {
            agent(agentId, new AgentEvent.DebtPaid(owed.key(), true, at));
        }
    }

    private void call(String callId, CallEvent... events) {
        for (var event : events) {
            calls.put(callId, Call.apply(calls.getOrDefault(callId, Call.unborn(callId)), event));
            happened.add(new Happened(event.at(), "call|" + callId, event));
        }
    }

    private void agent(String agentId, AgentEvent... events) {
        for (var event : events) {
            agents.put(agentId, Agent.apply(agents.getOrDefault(agentId, Agent.unborn(agentId)), event));
            happened.add(new Happened(event.at(), "agent|" + agentId, event));
        }
    }

    /// So many calls of all kinds, spread over three agents.
    void random(long seed, int count) {
        var random = new Random(seed);
        var free = new HashMap<String, Instant>();
        for (var agent : List.of("ann", "bob", "cem")) {
            startsWork(agent, NINE);
            free.put(agent, NINE.plusSeconds(10));
        }
        for (int i = 0; i < count; i++) {
            var agent = free.keySet().stream()
                    .min(Comparator.comparing((String name) -> free.getOrDefault(name, NINE))
                            .thenComparing(name -> name))
                    .orElseThrow();
            var at = free.getOrDefault(agent, NINE).plusMillis(random.nextInt(20_000));
            var id = "c-" + seed + "-" + i;
            var number = "1380000" + (1000 + random.nextInt(50));
            switch (random.nextInt(5)) {
                case 0 -> answered(id, agent, number, at);
                case 1 -> missedThenAbandoned(id, agent, number, at);
                case 2 -> abandonedInIvr(id, number, at);
                case 3 -> dialled(id, agent, number, true, at);
                default -> dialled(id, agent, number, false, at);
            }
            free.put(agent, at.plusSeconds(80));
        }
    }
}
