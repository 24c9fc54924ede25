package dev.ringmaster.runtime.tenant;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.cluster.Keys;
import dev.ringmaster.runtime.entity.Alarm;
import dev.ringmaster.runtime.entity.EntityClock;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsCommand;
import dev.ringmaster.tenant.SeatsEvent;
import java.time.Duration;
import java.util.Map;
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
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/// Runs the seat ledger of one instance: journals what [Seats] decides, and lets holds lapse that nobody takes.
public final class SeatsEntity extends EventSourcedBehavior<SeatsMessage, SeatsEvent, Seats> {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int SNAPSHOT_EVERY = 200;
    private static final int IDLE_TICKS_BEFORE_SLEEP = 60;

    private final ActorContext<SeatsMessage> context;
    private final TimerScheduler<SeatsMessage> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Surroundings around;
    private final EntityClock clock;
    private final Alarm<SeatsMessage> alarm;
    private final NodeClock.Subscription shifts;
    private final String instanceId;
    private final Ledger.Slip<Seats> slip;
    private int idleTicks;

    public static Behavior<SeatsMessage> create(
            String instanceId, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new SeatsEntity(instanceId, context, timers, shard, around)));
    }

    /// Without an actor system too: the simulation drives it over a virtual clock.
    SeatsEntity(
            String instanceId,
            ActorContext<SeatsMessage> context,
            TimerScheduler<SeatsMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around) {
        super(
                PersistenceId.of(Keys.SEATS.name(), instanceId),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.around = around;
        this.clock = new EntityClock(around.clock());
        this.alarm = new Alarm<>(timers, SeatsMessage.Own.DEADLINE, clock);
        var self = context.getSelf();
        this.shifts = around.clock().onShift(() -> self.tell(SeatsMessage.Own.CLOCK_SHIFTED));
        this.instanceId = instanceId;
        this.slip = around.ledger().seats(instanceId);
    }

    @Override
    public Seats emptyState() {
        return Seats.unborn();
    }

    @Override
    public EventHandler<Seats, SeatsEvent> eventHandler() {
        return (seats, event) -> {
            clock.seen(event.at());
            return Seats.apply(seats, event);
        };
    }

    @Override
    public CommandHandler<SeatsMessage, SeatsEvent, Seats> commandHandler() {
        return (seats, message) -> switch (message) {
            case SeatsMessage.Hold(var token, var agentId, var granted, var replyTo) ->
                decide(
                        seats,
                        new SeatsCommand.Hold(token, agentId, granted),
                        refusal -> replyTo.tell(
                                refusal == null
                                        ? new Reply.Done(Map.of("seat", token), lastSequenceNumber(context))
                                        : Reply.refused(refusal)));
            case SeatsMessage.Debt(var debtor, var key, var owed) ->
                decide(
                        seats,
                        new SeatsCommand.FromAgent(owed),
                        refusal -> around.post()
                                .confirm(
                                        debtor,
                                        new Confirmation(
                                                key, refusal == null, refusal == null ? null : refusal.code())));
            case SeatsMessage.WakeUp() -> Effect().none();
            case SeatsMessage.Doubted(var doubt) -> {
                if (doubt.kind() == Doubt.Kind.SEATS_OVER_GRANTED) {
                    seats.taken()
                            .forEach((token, agentId) ->
                                    around.post().toAgent(agentId, new AgentMessage.WhatOfSeat(instanceId, token)));
                }
                yield decide(seats, new SeatsCommand.Doubted(doubt), _ -> {});
            }
            case SeatsMessage.AgentSaid(var agentId, var token, var sits) ->
                sits ? Effect().none() : decide(seats, new SeatsCommand.NotSeated(token, agentId), _ -> {});
            case SeatsMessage.Own own -> onOwn(seats, own);
        };
    }

    private Effect<SeatsEvent, Seats> onOwn(Seats seats, SeatsMessage.Own own) {
        return switch (own) {
            case DEADLINE -> decide(seats, new SeatsCommand.DeadlinePassed(), _ -> {});
            case CLOCK_SHIFTED -> Effect().none().thenRun((Seats now) -> alarm.rearm(now.deadline()));
            case TICK -> {
                slip.moves();
                idleTicks = seats.open() ? 0 : idleTicks + 1;
                if (idleTicks > IDLE_TICKS_BEFORE_SLEEP) {
                    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
                }
                yield Effect().none();
            }
            case STOP -> Effect().none().thenStop();
        };
    }

    private Effect<SeatsEvent, Seats> decide(Seats seats, SeatsCommand command, Consumer<@Nullable Refusal> then) {
        return switch (seats.decide(command, clock.now())) {
            case Decision.Accepted<SeatsEvent>(var events) ->
                Effect().persist(events).thenRun(now -> {
                    idleTicks = 0;
                    alarm.rearm(now.deadline());
                    slip.says(now, lastSequenceNumber(context));
                    then.accept(null);
                });
            case Decision.Refused<SeatsEvent>(var refusal) ->
                Effect().none().thenRun((Seats _) -> then.accept(refusal));
        };
    }

    /// At every recovery: a failed write restarts the entity, and Pekko then cancels whatever was armed before.
    private void startTimers() {
        alarm.forget();
        timers.startTimerWithFixedDelay(SeatsMessage.Own.TICK, SeatsMessage.Own.TICK, TICK);
    }

    @Override
    public SignalHandler<Seats> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), seats -> {
                    startTimers();
                    alarm.set(seats.deadline());
                    slip.says(seats, lastSequenceNumber(context));
                })
                .onSignal(PostStop.instance(), _ -> {
                    shifts.cancel();
                    slip.tornUp();
                })
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
    }
}
