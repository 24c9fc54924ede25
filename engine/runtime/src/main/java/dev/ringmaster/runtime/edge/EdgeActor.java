package dev.ringmaster.runtime.edge;

import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Directory;
import dev.ringmaster.port.RecordingStore;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.japi.function.Function2;

/// The actor of one edge: takes plans to the telephone, and brings what the telephone says to
/// calls and agents until they confirm it.
/// It remembers nothing itself ([EdgeMemory] does), so it can be restarted over a running telephone.
public final class EdgeActor extends AbstractBehavior<EdgeMessage> {
    /// Where engines find the edges.
    static final ServiceKey<EdgeMessage> EDGES = ServiceKey.create(EdgeMessage.class, "edges");

    /// Unconfirmed arrivals, facts and line losses are said again so often.
    private static final Duration REPEAT = Duration.ofSeconds(1);

    /// How often calls and agents hear what is held for them; their silence limits are multiples of it.
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /// A caller whom no engine has taken within so many repeats is refused: he hears nothing until then.
    private static final int ARRIVAL_REPEATS = 8;

    private final Telephony telephony;
    private final EdgeMemory memory;
    private final Directory directory;
    private final RecordingStore recordings;
    private final Admission admission;
    private final Post post;
    private final NodeClock clock;
    private final CallIds callIds;
    private final Map<String, Integer> arrivalRepeats = new HashMap<>();
    private final Map<EdgeMemory.LegKey, Long> sentUpTo = new HashMap<>();
    private final Set<EdgeMessage.Sealing> sealing = new HashSet<>();
    private List<Trunk> trunks = List.of();

    /// What the edge works with.
    public record Parts(
            Telephony telephony,
            EdgeMemory memory,
            Directory directory,
            RecordingStore recordings,
            Admission admission,
            Post post,
            NodeClock clock) {}

    public static Behavior<EdgeMessage> create(Parts parts) {
        var callIds = new CallIds(parts.telephony().edge());
        return Behaviors.supervise(Behaviors.<EdgeMessage>setup(context -> Behaviors.withTimers(timers -> {
                    context.getSystem().receptionist().tell(Receptionist.register(EDGES, context.getSelf()));
                    return new EdgeActor(context, timers, parts, callIds);
                })))
                .onFailure(SupervisorStrategy.restart());
    }

    EdgeActor(ActorContext<EdgeMessage> context, TimerScheduler<EdgeMessage> timers, Parts parts, CallIds callIds) {
        super(context);
        timers.startTimerWithFixedDelay(new EdgeMessage.Repeat(), REPEAT);
        timers.startTimerWithFixedDelay(new EdgeMessage.Heartbeat(), Duration.ZERO, HEARTBEAT);
        this.telephony = parts.telephony();
        this.memory = parts.memory();
        this.directory = parts.directory();
        this.recordings = parts.recordings();
        this.admission = parts.admission();
        this.post = parts.post();
        this.clock = parts.clock();
        this.callIds = callIds;
        memory.attach(context.getSelf());
        // A restart lost the look-ups under way.
        memory.arrivals().stream().filter(a -> a.arrive == null).forEach(a -> route(a.leg));
        repeat();
    }

    @Override
    public Receive<EdgeMessage> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<EdgeMessage> onMessage(EdgeMessage message) {
        switch (message) {
            case EdgeMessage.CarryOut(var plan) -> carryOut(plan);
            case EdgeMessage.CarryOutLine(var plan) -> telephony.carryOut(plan);
            case EdgeMessage.ArrivalKept(var _, var legId) -> {
                memory.arrivalKept(legId);
                arrivalRepeats.remove(legId);
            }
            case EdgeMessage.FactsKept(var callId, var legId, var upTo, var known) ->
                memory.factsKept(callId, legId, upTo, known);
            case EdgeMessage.LineLossKept(var line) -> memory.lineLossKept(line);
            case EdgeMessage.OpenLine open -> openLine(open);
            case EdgeMessage.WhoAreYou(var replyTo) ->
                replyTo.tell(new EdgeMessage.IAm(telephony.edge(), getContext().getSelf()));
            case EdgeMessage.Doubted(var doubt) ->
                post.toCall(
                        doubt.with(),
                        new CallMessage.IsPlanned(
                                doubt.about(), telephony.edge(), getContext().getSelf()));
            case EdgeMessage.IsHeld(var callId, var legId) ->
                post.toCall(callId, new CallMessage.LegSaid(legId, telephony.edge(), holds(callId, legId)));
            case EdgeMessage.LegNotPlanned notPlanned -> legNotPlanned(notPlanned);
            case EdgeMessage.Own own -> onOwn(own);
        }
        return this;
    }

    private void onOwn(EdgeMessage.Own own) {
        switch (own) {
            case EdgeMessage.LegArrived(var leg) -> route(leg);
            case EdgeMessage.Routed(var leg, var routing) -> routed(leg, routing);
            case EdgeMessage.FactsWaiting() -> {
                sendNewFacts();
                sealRecordings();
            }
            case EdgeMessage.LineUp(var agentId, var fence, var line) -> lineHeld(agentId, fence, line, true);
            case EdgeMessage.LineDown(var agentId, var _, var line, var _) -> lineGone(agentId, line);
            case EdgeMessage.Repeat() -> repeat();
            case EdgeMessage.Heartbeat() -> heartbeat();
            case EdgeMessage.Trunks(var now) -> {
                if (!now.equals(trunks)) {
                    trunks = now;
                    telephony.trunks(now);
                }
            }
            case EdgeMessage.Sealed(var done, var kept) -> {
                sealing.remove(done);
                if (kept) {
                    memory.sealed(done);
                    sendNewFacts();
                }
            }
        }
    }

    private void carryOut(CallPlan plan) {
        memory.planned(plan, telephony.edge());
        telephony.carryOut(plan);
    }

    // ---- a call comes in
    // -------------------------------------------------------------------------------------------------------

    private void route(Telephony.InboundLeg leg) {
        var routing = directory
                .route(leg.trunkId(), leg.called().value())
                .thenCompose(route -> route.isEmpty()
                        ? CompletableFuture.completedFuture(NO_SUCH_NUMBER)
                        : directory
                                .area(leg.from().value())
                                .thenApply(area -> new EdgeMessage.To(new CallCommand.Arrive(
                                        route.get().instanceId(),
                                        leg.legId(),
                                        telephony.edge(),
                                        leg.trunkId(),
                                        leg.from(),
                                        leg.called(),
                                        leg.displayName(),
                                        area,
                                        route.get().flow(),
                                        route.get().surveyLevels(),
                                        leg.dialog()))));
        toSelf(routing, (found, failure) -> new EdgeMessage.Routed(leg, found == null ? DIRECTORY_DOWN : found));
    }

    private static final EdgeMessage.Routing NO_SUCH_NUMBER = new EdgeMessage.Nowhere(404, "Not Found", 0);
    private static final EdgeMessage.Routing DIRECTORY_DOWN = new EdgeMessage.Nowhere(503, "Service Unavailable", 5);

    private void routed(Telephony.InboundLeg leg, EdgeMessage.Routing routing) {
        var waiting = memory.arrival(leg.legId());
        if (waiting.isEmpty()) {
            return; // the caller was faster
        }
        switch (routing) {
            case EdgeMessage.To(var arrive) -> {
                memory.leads(leg.legId(), callIds.next(clock.millis()), arrive);
                memory.arrival(leg.legId()).ifPresent(this::sendArrival);
            }
            case EdgeMessage.Nowhere nowhere -> {
                admission.count(nowhere.sipStatus() == 404 ? "unknownNumber" : "directory");
                refuse(leg.legId(), nowhere);
            }
        }
    }

    private void refuse(String legId, EdgeMessage.Nowhere why) {
        telephony.refuse(legId, why.sipStatus(), why.reason(), why.retryAfterS());
        memory.arrivalDone(legId);
        arrivalRepeats.remove(legId);
    }

    private void sendArrival(EdgeMemory.Arrival arrival) {
        var callId = arrival.callId;
        var arrive = arrival.arrive;
        if (callId != null && arrive != null) {
            post.toCall(callId, new CallMessage.Arrived(arrive, getContext().getSelf()));
        }
    }

    // ---- what the telephone says
    // -----------------------------------------------------------------------------------------------

    private void sendNewFacts() {
        memory.newFacts().forEach((leg, facts) -> {
            var last = facts.getLast().seq();
            if (sentUpTo.getOrDefault(leg, 0L) < last) {
                send(leg, facts);
            }
        });
    }

    private void send(EdgeMemory.LegKey leg, List<CallMessage.Numbered> facts) {
        sentUpTo.put(leg, facts.getLast().seq());
        post.toCall(
                leg.callId(),
                new CallMessage.Facts(leg.legId(), facts, getContext().getSelf()));
    }

    private void sealRecordings() {
        for (var one : memory.sealings()) {
            if (sealing.add(one)) {
                var part = one.part();
                toSelf(
                        recordings.seal(
                                one.callId(),
                                part.recordingId(),
                                part.part(),
                                part.offset(),
                                part.length(),
                                part.bytes()),
                        (_, failure) -> new EdgeMessage.Sealed(one, failure == null));
            }
        }
    }

    private void repeat() {
        for (var arrival : memory.arrivals()) {
            if (arrival.arrive != null
                    && arrivalRepeats.merge(arrival.leg.legId(), 1, Integer::sum) > ARRIVAL_REPEATS) {
                admission.count("noEngine");
                memory.gaveUp(arrival.leg.legId());
                refuse(
                        arrival.leg.legId(),
                        new EdgeMessage.Nowhere(503, "Service Unavailable", admission.retryAfterS()));
            } else {
                sendArrival(arrival);
            }
        }
        var waiting = memory.unconfirmedFacts();
        sentUpTo.keySet().retainAll(waiting.keySet());
        waiting.forEach(this::send);
        memory.linesLost().forEach((line, agentId) -> lineGone(agentId, line));
        sealRecordings();
    }

    // ---- what is held
    // ----------------------------------------------------------------------------------------------------------

    private void heartbeat() {
        var held = telephony.held();
        var self = getContext().getSelf();
        var heldCalls =
                held.calls().stream().collect(Collectors.toMap(Telephony.HeldCall::callId, Function.identity()));
        heldCalls
                .values()
                .forEach(call -> post.toCall(
                        call.callId(),
                        new CallMessage.Held(telephony.edge(), call.planVersion(), call.legIds(), self)));
        memory.plans().stream()
                .filter(plan -> !heldCalls.containsKey(plan.callId()))
                .forEach(plan -> post.toCall(
                        plan.callId(), new CallMessage.Held(telephony.edge(), plan.version(), Set.of(), self)));
        var heldLines = held.lines().stream().map(Telephony.HeldLine::line).collect(Collectors.toSet());
        memory.linesUp().forEach((line, of) -> {
            if (heldLines.contains(line)) {
                lineHeld(of.agentId(), of.fence(), line, telephony.lineAlive(line));
            } else {
                memory.lineLost(of.agentId(), of.fence(), line, "notHeld");
            }
        });
        toSelf(directory.trunks(), (now, _) -> new EdgeMessage.Trunks(now == null ? trunks : now));
    }

    private boolean holds(String callId, String legId) {
        return telephony.held().calls().stream()
                .anyMatch(c -> c.callId().equals(callId) && c.legIds().contains(legId));
    }

    /// A live call has sent its plan with the answer, and its number is above ours; else nobody's plan
    /// will ever be, and
    /// we close the leg ourselves.
    private void legNotPlanned(EdgeMessage.LegNotPlanned no) {
        telephony.held().calls().stream()
                .filter(c -> c.callId().equals(no.callId()) && c.legIds().contains(no.legId()))
                .filter(c -> no.version() == 0 || no.version() < c.planVersion())
                .findFirst()
                .ifPresent(c -> {
                    getContext().getLog().warn("call {} plans no leg {}: it is closed", no.callId(), no.legId());
                    carryOut(new CallPlan(no.callId(), "", c.planVersion() + 1, List.of(), Optional.empty()));
                });
    }

    private void lineHeld(String agentId, long fence, LineRef line, boolean up) {
        post.toAgent(
                agentId, new AgentMessage.LineHeld(fence, line, up, getContext().getSelf()));
    }

    private void lineGone(String agentId, LineRef line) {
        post.toAgent(agentId, new AgentMessage.LineGone(line, getContext().getSelf()));
    }

    private void openLine(EdgeMessage.OpenLine open) {
        ActorRef<EdgeMessage.LineReply> replyTo = open.replyTo();
        telephony.openLine(open.agentId(), open.fence(), open.sdpOffer()).whenComplete((answer, failure) -> {
            if (answer != null) {
                replyTo.tell(new EdgeMessage.LineReply(answer, null));
            } else {
                var cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
                replyTo.tell(new EdgeMessage.LineReply(null, String.valueOf(cause == null ? "" : cause.getMessage())));
            }
        });
    }

    private <T> void toSelf(CompletionStage<T> stage, Function2<T, Throwable, EdgeMessage> as) {
        getContext().pipeToSelf(stage, as);
    }
}
