package dev.ringmaster.call;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.exchange.RoutingDecision;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.Flows;
import dev.ringmaster.ivr.IvrFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call and all that has happened to it; the clock stands at nine until it is moved.
final class Histories {
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    static final LineRef LINE = new LineRef("edge1#1", "line-1");
    static final FlowRef MENU = new FlowRef("menu", 1);
    static final FlowRef DIRECT = new FlowRef("direct", 1);
    static final FlowRef CIRCLE = new FlowRef("circle", 1);
    static final SipDialog DIALOG = new SipDialog(
            "sip-1",
            "local",
            "remote",
            new Said("<sip:4001000001@edge>"),
            new Said("<sip:138@peer>"),
            new Said("sip:138@peer:5060"),
            List.of(),
            1,
            1,
            "UDP",
            "127.0.0.1:5060",
            false,
            "v=0",
            "v=0",
            20000,
            Optional.empty());

    private static final IvrFlow.ToGroup SUPPORT = new IvrFlow.ToGroup(
            "support", "support", "Support", 0, "music/wait", List.of("nobody"), Duration.ofSeconds(30));

    static final Flows FLOWS = ref -> switch (ref.flowId()) {
        case "menu" ->
            new IvrFlow(
                    "menu",
                    1,
                    "Main",
                    "welcome",
                    List.of(
                            new IvrFlow.Play("welcome", List.of("welcome"), "main"),
                            new IvrFlow.Menu(
                                    "main",
                                    "Main menu",
                                    List.of("menu"),
                                    Map.of(
                                            "1", new IvrFlow.Choice("Support", "support"),
                                            "9", new IvrFlow.Choice("9 Goodbye", "bye")),
                                    Duration.ofSeconds(5),
                                    3,
                                    List.of("wrong"),
                                    List.of("silence"),
                                    "bye"),
                            SUPPORT,
                            new IvrFlow.HangUp("bye", List.of("bye"))));
        case "direct" -> new IvrFlow("direct", 1, "Direct", "support", List.of(SUPPORT));
        case "circle" ->
            new IvrFlow(
                    "circle",
                    1,
                    "Circle",
                    "a",
                    List.of(new IvrFlow.Play("a", List.of(), "b"), new IvrFlow.Play("b", List.of(), "a")));
        default -> new IvrFlow(ref.flowId(), 1, "Broken", "nowhere", List.of());
    };

    Call call;
    Instant now = NINE;
    final List<CallEvent> events = new ArrayList<>();
    private long facts;

    private Histories(String callId) {
        call = Call.unborn(callId);
    }

    static Histories arrived(FlowRef flow, Optional<Integer> survey) {
        var h = new Histories("c1");
        h.does(arrive(flow, survey));
        return h;
    }

    static Histories dialled() {
        var h = new Histories("c1");
        h.does(dial("c1"));
        return h;
    }

    static CallCommand.Arrive arrive(FlowRef flow, Optional<Integer> survey) {
        return new CallCommand.Arrive(
                "demo",
                "leg1",
                "edge1#1",
                "loopback",
                new PhoneNumber("13800001234"),
                new PhoneNumber("4001000001"),
                Optional.of(new PersonName("Wang")),
                "Hangzhou",
                flow,
                survey,
                DIALOG);
    }

    static CallCommand dial(String callId) {
        return new CallCommand.FromAgent(new AgentToCall.Dial(
                callId,
                "dial1",
                "ann",
                "Ann",
                "demo",
                "support",
                "Support",
                new PhoneNumber("13900005678"),
                new PhoneNumber("057100000001"),
                "loopback",
                new Said("call back"),
                "dialPad",
                "",
                Duration.ofSeconds(60),
                LINE));
    }

    static QueueToCall.Offer offer(String token, String agentId) {
        var chosen = new RoutingDecision.Candidate(agentId, "IDLE", Duration.ofSeconds(9), "chosen");
        return new QueueToCall.Offer(
                "support",
                token,
                agentId,
                agentId,
                new RoutingDecision("longestIdle", 1, 1, Duration.ZERO, List.of(chosen), Map.of()));
    }

    Histories later(Duration by) {
        now = now.plus(by);
        return this;
    }

    Histories does(CallCommand command) {
        switch (call.decide(command, now, FLOWS)) {
            case Decision.Accepted<CallEvent>(var next) -> happened(next);
            case Decision.Refused<CallEvent>(var refusal) -> throw new AssertionError(command + ": " + refusal);
        }
        return this;
    }

    Histories happened(List<CallEvent> next) {
        for (var event : next) {
            call = Call.apply(call, event);
            events.add(event);
        }
        return this;
    }

    Histories fact(LegFact fact) {
        return does(new CallCommand.Fact(legId(), ++facts, fact));
    }

    Histories key(String key) {
        return fact(new LegFact.Digit(new Said(key)));
    }

    Histories promptEnds() {
        var hears = hears();
        return hears instanceof CallPlan.Hears.Prompt(var generation, var _)
                ? fact(new LegFact.PromptEnded(generation, Duration.ofSeconds(2), true))
                : this;
    }

    Histories leg(LegEnd.How how, int sipStatus) {
        return fact(new LegFact.Ended(new LegEnd(how, sipStatus, 0)));
    }

    /// Its deadline, exactly when it is due.
    Histories due() {
        now = call.deadline().orElseThrow();
        return does(new CallCommand.DeadlinePassed());
    }

    Histories fromAgent(AgentToCall message) {
        return does(new CallCommand.FromAgent(message));
    }

    String refused(CallCommand command) {
        return call.decide(command, now, FLOWS) instanceof Decision.Refused<CallEvent>(var refusal)
                ? refusal.code()
                : "accepted";
    }

    /// Ann is offered, rings and answers.
    Histories annAnswers() {
        does(new CallCommand.FromQueue(offer("t1", "ann")));
        confirm("ring/t1", true);
        return later(Duration.ofSeconds(4)).fromAgent(answered("t1", "ann"));
    }

    static AgentToCall.Answered answered(String token, String agentId) {
        return new AgentToCall.Answered("c1", token, agentId, agentId, LINE);
    }

    Histories confirm(String key, boolean agreed) {
        return does(new CallCommand.Confirm(new Confirmation(key, agreed, agreed ? null : "Refused")));
    }

    String legId() {
        return ((Live) call).file().customer().legId();
    }

    CallPlan plan() {
        return call.plan(events.size()).orElseThrow();
    }

    CallPlan.Hears hears() {
        return plan().legs().getFirst().hears();
    }

    CallScreen screen() {
        return call.screen().orElseThrow();
    }

    List<String> owes() {
        return call.owed().stream()
                .map(o -> o.key().substring(0, o.key().indexOf('/')))
                .toList();
    }

    /// Kinds and seconds of the phases up to now.
    List<String> phases() {
        return CallPhases.of(events).all().stream()
                .map(p -> p.kind() + " " + p.length(now).toSeconds())
                .toList();
    }
}
