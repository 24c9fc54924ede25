package dev.ringmaster.runtime.call;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallFact;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.cluster.Keys;
import dev.ringmaster.runtime.entity.Alarm;
import dev.ringmaster.runtime.entity.Debts;
import dev.ringmaster.runtime.entity.EntityClock;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.entity.RememberedReplies;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/// Runs one call: journals what [Call] decides, then makes the outside look like its state ([CallOutside]).
public final class CallEntity extends EventSourcedBehavior<CallMessage, CallEvent, Call> {
    private static final Duration TICK = Duration.ofSeconds(1);

    /// Shorter than the repeats of those who wait for an answer.
    private static final Duration LATER = Duration.ofMillis(300);

    private final String callId;
    private final ActorContext<CallMessage> context;
    private final TimerScheduler<CallMessage> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Surroundings around;
    private final FlowShelf flows;
    private final EntityClock clock;
    private final Alarm<CallMessage> alarm;
    private final Debts debts;
    private final CallOutside outside;
    private final RememberedReplies replies = new RememberedReplies();
    private final NodeClock.Subscription shifts;
    private final Ledger.Slip<Call> slip;
    /// What nobody waits for, until the next write takes it along.
    private final List<CallMessage> unhurried = new ArrayList<>();
    /// Closed and watched by nobody: the next tick is the last.
    private boolean resting;

    /// @param shard who is told that this entity may sleep
    public static Behavior<CallMessage> create(
            String callId, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around, FlowShelf flows) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new CallEntity(callId, context, timers, shard, around, flows)));
    }

    /// Without an actor system too: the simulation drives it over a virtual clock.
    CallEntity(
            String callId,
            ActorContext<CallMessage> context,
            TimerScheduler<CallMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around,
            FlowShelf flows) {
        // A failed write proves nothing: start again and read what is true.
        super(
                PersistenceId.of(Keys.CALL.name(), callId),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
        this.callId = callId;
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.around = around;
        this.flows = flows;
        this.clock = new EntityClock(around.clock());
        this.alarm = new Alarm<>(timers, CallMessage.Own.DEADLINE, clock);
        this.debts = new Debts(around.post(), Debtor.call(callId));
        this.outside = new CallOutside(callId, around);
        var self = context.getSelf();
        this.shifts = around.clock().onShift(() -> self.tell(CallMessage.Own.CLOCK_SHIFTED));
        this.slip = around.ledger().call(callId);
    }

    private void tickEachSecond() {
        resting = false;
        timers.startTimerWithFixedDelay(CallMessage.Own.TICK, CallMessage.Own.TICK, TICK);
    }

    @Override
    public Call emptyState() {
        return Call.unborn(callId);
    }

    @Override
    public EventHandler<Call, CallEvent> eventHandler() {
        return (call, event) -> {
            clock.seen(event.at());
            return Call.apply(call, event);
        };
    }

    @Override
    public CommandHandler<CallMessage, CallEvent, Call> commandHandler() {
        return (call, message) -> {
            try {
                return onMessage(call, message);
            } catch (FlowShelf.NotRead missing) {
                return readFlow(missing, message);
            }
        };
    }

    private Effect<CallEvent, Call> onMessage(Call call, CallMessage message) {
        return switch (message) {
            case CallMessage.Ask ask -> onAsk(call, ask);
            case CallMessage.Arrived(var arrive, var edge) ->
                decide(call, arrive, _ -> edge.tell(new EdgeMessage.ArrivalKept(callId, arrive.legId())));
            case CallMessage.Facts facts -> onFacts(call, facts);
            case CallMessage.Held held -> onHeld(call, held);
            case CallMessage.Debt(var debtor, var key, var owed) ->
                decide(
                        call,
                        new CallCommand.FromAgent(owed),
                        refusal ->
                                around.post().confirm(debtor, new Confirmation(key, refusal == null, code(refusal))));
            case CallMessage.Confirmed confirmed -> onConfirmed(call, confirmed);
            case CallMessage.FromQueue(var fromQueue) -> onQueue(call, fromQueue);
            case CallMessage.Watch watch -> {
                if (resting) {
                    tickEachSecond();
                }
                yield Effect().none().thenRun((Call now) -> outside.watched(watch, now, seq(), clock.now()));
            }
            case CallMessage.WakeUp() -> Effect().none();
            case CallMessage.Doubted(var doubt) -> onDoubt(call, doubt);
            case CallMessage.IsPlanned(var legId, var edge, var from) ->
                decide(
                        call,
                        new CallCommand.Doubted(new Doubt(Doubt.Kind.LEG_UNPLANNED, legId, edge)),
                        _ -> outside.answerEdge(legId, edge, from, seq()));
            case CallMessage.LegSaid(var legId, var edge, var held) ->
                held ? Effect().none() : decide(call, new CallCommand.LegNotHeld(legId, edge), _ -> {});
            case CallMessage.WhatOf(var agentId, var token) -> {
                var has = CallFact.knows(call, agentId, token);
                yield decide(
                        call,
                        new CallCommand.AskedUnder(agentId, token),
                        _ -> around.post().toAgent(agentId, new AgentMessage.CallSaid(callId, token, has)));
            }
            case CallMessage.AgentSaid(var agentId, var token, var has) ->
                has ? Effect().none() : decide(call, new CallCommand.AgentHasNothing(agentId, token), _ -> {});
            case CallMessage.FlowRead(var ref, var found) -> onFlowRead(ref.toString(), found);
            case CallMessage.Own own -> onOwn(call, own);
        };
    }

    private Effect<CallEvent, Call> onAsk(Call call, CallMessage.Ask ask) {
        // Looked at before it is remembered: a flow that is not read yet throws, and the message comes again.
        var decision = call.decide(ask.command(), clock.now(), flows);
        return replies.repeated(ask.commandId(), ask.replyTo())
                ? Effect().none()
                : carryThrough(
                        call,
                        decision,
                        refusal -> replies.answer(
                                ask.commandId(), refusal == null ? Reply.done(seq()) : Reply.refused(refusal)));
    }

    /// All facts of the message in one write.
    private Effect<CallEvent, Call> onFacts(Call call, CallMessage.Facts facts) {
        if (seq() == 0) {
            return Effect()
                    .none()
                    .thenRun((Call _) -> facts.edge().tell(new EdgeMessage.FactsKept(callId, facts.legId(), 0, false)));
        }
        if (facts.facts().stream().allMatch(fact -> canWait(fact.fact()))) {
            return later(facts);
        }
        var portion = new Portion(call);
        var kept = take(portion, facts);
        return carryThrough(call, Decision.accept(portion.events()), _ -> kept.run());
    }

    /// @return what is to be done once it is written
    private Runnable take(Portion portion, CallMessage.Facts facts) {
        for (var fact : facts.facts()) {
            portion.take(new CallCommand.Fact(facts.legId(), fact.seq(), fact.fact()), clock.now(), flows)
                    .ifPresent(refusal -> context.getLog()
                            .debug("call {}: fact {} of {}: {}", callId, fact.seq(), facts.legId(), refusal.code()));
        }
        var kept = new EdgeMessage.FactsKept(
                callId, facts.legId(), facts.facts().getLast().seq(), true);
        return () -> facts.edge().tell(kept);
    }

    /// Goes with the next write, or with one of its own a little later. Whoever said it says it again should we forget
    /// it.
    private Effect<CallEvent, Call> later(CallMessage message) {
        unhurried.add(message);
        if (!timers.isTimerActive(CallMessage.Own.LATER)) {
            timers.startSingleTimer(CallMessage.Own.LATER, CallMessage.Own.LATER, LATER);
        }
        return Effect().none();
    }

    /// That a debt is paid can wait; what follows from an answer cannot.
    private Effect<CallEvent, Call> onConfirmed(Call call, CallMessage.Confirmed confirmed) {
        var decision = call.decide(new CallCommand.Confirm(confirmed.confirmation()), clock.now(), flows);
        return decision instanceof Decision.Accepted<CallEvent>(var events)
                        && events.stream().allMatch(event -> event instanceof CallEvent.DebtPaid)
                ? events.isEmpty() ? Effect().none() : later(confirmed)
                : carryThrough(call, decision, _ -> {});
    }

    private static boolean canWait(LegFact fact) {
        return fact instanceof LegFact.Quality || fact instanceof LegFact.RecordingSealed;
    }

    /// @return what is to be done once it is written
    private List<Runnable> takeUnhurried(Portion portion) {
        var then = new ArrayList<Runnable>();
        for (var message : unhurried) {
            if (message instanceof CallMessage.Facts facts) {
                then.add(take(portion, facts));
            } else if (message instanceof CallMessage.Confirmed(var confirmation)) {
                portion.take(new CallCommand.Confirm(confirmation), clock.now(), flows);
            }
        }
        unhurried.clear();
        timers.cancel(CallMessage.Own.LATER);
        return then;
    }

    private Effect<CallEvent, Call> onHeld(Call call, CallMessage.Held held) {
        return outside.heard(held, seq())
                ? decide(call, new CallCommand.EdgeLost(held.edge(), java.util.Optional.of(held.edge())), _ -> {})
                : Effect().none();
    }

    private Effect<CallEvent, Call> onQueue(Call call, QueueToCall message) {
        return switch (message) {
            case QueueToCall.Offer offer ->
                decide(
                        call,
                        new CallCommand.FromQueue(offer),
                        refusal -> around.post()
                                .toQueue(
                                        offer.groupId(),
                                        new QueueMessage.OfferAnswer(offer.token(), callId, seq(), code(refusal))));
            case QueueToCall.NobodyOnDuty nobody -> decide(call, new CallCommand.FromQueue(nobody), _ -> {});
        };
    }

    /// Looks for itself, or asks whoever stands against it; the debts go out once more whatever it is about.
    private Effect<CallEvent, Call> onDoubt(Call call, Doubt doubt) {
        switch (doubt.kind()) {
            case LEG_MISSING -> around.edges().tell(doubt.with(), new EdgeMessage.IsHeld(callId, doubt.about()));
            case CALL_WITHOUT_AGENT ->
                around.post().toAgent(doubt.with(), new AgentMessage.WhatOf(callId, doubt.about()));
            default -> {}
        }
        debts.again(call.owed());
        return decide(call, new CallCommand.Doubted(doubt), _ -> outside.doubted(doubt, callId, seq()));
    }

    private Effect<CallEvent, Call> onOwn(Call call, CallMessage.Own own) {
        return switch (own) {
            case DEADLINE -> onDeadline(call);
            case CLOCK_SHIFTED -> Effect().none().thenRun((Call now) -> alarm.rearm(now.deadline()));
            case TICK -> onTick(call);
            case LATER -> {
                var portion = new Portion(call);
                var afterwards = takeUnhurried(portion);
                yield carryThrough(call, Decision.accept(portion.events()), _ -> afterwards.forEach(Runnable::run));
            }
            case STOP -> Effect().none().thenStop();
        };
    }

    private Effect<CallEvent, Call> onDeadline(Call call) {
        var decision = call.decide(new CallCommand.DeadlinePassed(), clock.now(), flows);
        return switch (decision) {
            case Decision.Accepted<CallEvent>(var events)
            when !events.isEmpty() -> carryThrough(call, decision, _ -> {});
            // Rung too early, or of no interest any more: armed anew, for the deadline that is true now.
            case Decision.Accepted<CallEvent> _, Decision.Refused<CallEvent> _ ->
                Effect().none().thenRun((Call now) -> rearmIfAhead(now));
        };
    }

    private void rearmIfAhead(Call call) {
        if (call.deadline().filter(d -> d.isAfter(clock.now())).isPresent()) {
            alarm.rearm(call.deadline());
        }
    }

    private Effect<CallEvent, Call> onTick(Call call) {
        slip.moves();
        debts.again(call.owed());
        outside.tick(call, seq());
        if (!call.open() && !outside.watchedBySomebody()) {
            if (resting) {
                shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
            } else {
                // One tick in place of one a second: at a thousand calls a second the closed ones are the most.
                resting = true;
                timers.startSingleTimer(CallMessage.Own.TICK, CallMessage.Own.TICK, REST);
            }
        }
        return outside.lostEdge()
                .map(edge -> decide(
                        call, new CallCommand.EdgeLost(edge, around.edges().successor(edge)), _ -> {}))
                .orElseGet(() -> Effect().none());
    }

    /// An ended call stays awake for late repeats, which come every second; longer costs memory, shorter a
    /// recovery for each straggler.
    private static final Duration REST = Duration.ofSeconds(4);

    private Effect<CallEvent, Call> decide(Call call, CallCommand command, Consumer<@Nullable Refusal> then) {
        return carryThrough(call, call.decide(command, clock.now(), flows), then);
    }

    /// Persist, then act: the plan, the debts and the deadline follow from the new state; then whoever
    /// asked is answered.
    private Effect<CallEvent, Call> carryThrough(
            Call call, Decision<CallEvent> decision, Consumer<@Nullable Refusal> then) {
        return switch (decision) {
            case Decision.Accepted<CallEvent>(var events)
            when events.isEmpty() -> Effect().none().thenRun((Call _) -> then.accept(null));
            case Decision.Accepted<CallEvent>(var events) -> {
                var portion = new Portion(call);
                portion.add(events);
                var afterwards = takeUnhurried(portion);
                yield Effect().persist(portion.events()).thenRun(now -> {
                    changed(now);
                    then.accept(null);
                    afterwards.forEach(Runnable::run);
                });
            }
            case Decision.Refused<CallEvent>(var refusal) -> Effect().none().thenRun((Call _) -> then.accept(refusal));
        };
    }

    private void changed(Call call) {
        // It rested because it was not born yet, and now it is.
        if (resting && call.open()) {
            tickEachSecond();
        }
        slip.says(call, seq());
        alarm.set(call.deadline());
        debts.changed(call.owed());
        outside.changed(call, seq(), clock.now());
    }

    /// Rules are pure, so the message that needed the document is simply worked on again.
    private Effect<CallEvent, Call> readFlow(FlowShelf.NotRead missing, CallMessage message) {
        var ref = missing.ref();
        context.pipeToSelf(
                flows.fetch(ref),
                (found, failure) -> new CallMessage.FlowRead(ref, failure == null && Boolean.TRUE.equals(found)));
        waitingForFlow.add(message);
        return Effect().none();
    }

    private final List<CallMessage> waitingForFlow = new ArrayList<>();

    private Effect<CallEvent, Call> onFlowRead(String ref, boolean found) {
        if (!found) {
            context.getLog().error("call {}: flow {} cannot be read", callId, ref);
        }
        var again = List.copyOf(waitingForFlow);
        waitingForFlow.clear();
        if (found) {
            again.forEach(context.getSelf()::tell);
        } else if (again.contains(CallMessage.Own.DEADLINE)) {
            // Everybody else says it again; a deadline is said once.
            alarm.again(TICK);
        }
        return Effect().none();
    }

    /// At every recovery: a failed write restarts the entity, and Pekko then cancels whatever was armed before.
    private void startTimers() {
        alarm.forget();
        tickEachSecond();
    }

    @Override
    public SignalHandler<Call> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), call -> {
                    startTimers();
                    replies.forgetUnanswered(Set.of());
                    if (seq() > 0) {
                        changed(call);
                    }
                })
                .onSignal(PostStop.instance(), _ -> {
                    shifts.cancel();
                    slip.tornUp();
                })
                .build();
    }

    /// A call has few events and is recovered from them; snapshots are neither written nor looked for.
    @Override
    public Recovery recovery() {
        return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
    }

    private long seq() {
        return lastSequenceNumber(context);
    }

    private static @Nullable String code(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }
}
