package dev.ringmaster.runtime.queue;

import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.queue.Board;
import dev.ringmaster.queue.Matchmaker;
import dev.ringmaster.queue.Pairing;
import dev.ringmaster.runtime.entity.EntityClock;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.Watchers;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// Drives the [Matchmaker] of one group: tells it what calls and agents say, asks the agents and
/// calls that it pairs, and shows its board.
/// Keeps nothing: after a crash a new one is filled by the leases.
public final class QueueActor extends AbstractBehavior<QueueMessage> {
    /// How long an agent keeps herself free for an offer; the matchmaker gives a pairing up a second later.
    static final Duration RESERVE_FOR = Duration.ofSeconds(2);

    /// Also the pace of boards: at most four a second.
    private static final Duration TICK = Duration.ofMillis(250);

    /// Boards are drawn anew each second even if nothing was told: states age, and viewers want to know that it lives.
    private static final int TICKS_A_BOARD = 4;

    /// The same for those who see only numbers, hundreds of agents: every fourth second.
    private static final int TICKS_A_NUMBER = 16;

    /// Above so many viewers a board goes out at most once a second: four thousand a second for a thousand agents would
    /// cost more than their calls.
    private static final int MANY_WATCHERS = 200;

    /// A queue nobody speaks to for so many ticks (2 min) goes to sleep; it costs a filling time when
    /// it is needed again.
    private static final int QUIET_TICKS_BEFORE_SLEEP = 480;

    private final String groupId;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Surroundings around;
    private final Supplier<String> tokens;
    private final EntityClock clock;
    private final Matchmaker matchmaker;
    private final Watchers<QueueBoard, Boolean> watchers;
    private boolean changed;
    private int ticks;
    private @Nullable Board shown;
    private int quietTicks;

    public static Behavior<QueueMessage> create(
            String groupId, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around) {
        return Behaviors.supervise(Behaviors.<QueueMessage>setup(
                        context -> Behaviors.withTimers(timers -> new QueueActor(
                                groupId,
                                context,
                                timers,
                                shard,
                                around,
                                () -> UUID.randomUUID().toString()))))
                .onFailure(SupervisorStrategy.restart());
    }

    /// @param tokens draws reservation tokens, never one twice
    QueueActor(
            String groupId,
            ActorContext<QueueMessage> context,
            TimerScheduler<QueueMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around,
            Supplier<String> tokens) {
        super(context);
        this.tokens = tokens;
        this.groupId = groupId;
        this.shard = shard;
        this.around = around;
        this.clock = new EntityClock(around.clock());
        this.matchmaker = new Matchmaker(clock.now());
        this.watchers = new Watchers<>(around.nanoTime());
        timers.startTimerWithFixedDelay(QueueMessage.Own.TICK, QueueMessage.Own.TICK, TICK);
    }

    @Override
    public Receive<QueueMessage> createReceive() {
        return newReceiveBuilder()
                .onSignal(PostStop.class, _ -> {
                    around.ledger().queueStopped(groupId);
                    return this;
                })
                .onAnyMessage(this::onMessage)
                .build();
    }

    private Behavior<QueueMessage> onMessage(QueueMessage message) {
        var now = clock.now();
        switch (message) {
            case QueueMessage.Waits(var waits) -> {
                matchmaker.told(waits, now);
                heard(now);
            }
            case QueueMessage.Debt(var debtor, var key, var owed) -> {
                matchmaker.told(owed, now);
                around.post().confirm(debtor, new Confirmation(key, true, null));
                heard(now);
            }
            case QueueMessage.AgentTells(var notice) -> {
                matchmaker.told(notice, now);
                heard(now);
            }
            case QueueMessage.ReserveAnswer answer -> reserveAnswered(answer, now);
            case QueueMessage.OfferAnswer answer -> offerAnswered(answer, now);
            case QueueMessage.Watch(var watcher, var withCallers) -> {
                var known = watchers.knows(watcher);
                watchers.renew(watcher, withCallers);
                if (!known) {
                    watcher.tell(board(now, withCallers));
                }
            }
            case QueueMessage.Look(var replyTo) -> replyTo.tell(board(now, true));
            case QueueMessage.Own own -> {
                return onOwn(own, now);
            }
        }
        return this;
    }

    private Behavior<QueueMessage> onOwn(QueueMessage.Own own, Instant now) {
        return switch (own) {
            case TICK -> {
                tick(now);
                yield this;
            }
            case STOP -> Behaviors.stopped();
        };
    }

    private void tick(Instant now) {
        matchmaker.tidy(now).forEach(this::release);
        matchmaker
                .hopeless(now)
                .forEach(callId ->
                        around.post().toCall(callId, new CallMessage.FromQueue(new QueueToCall.NobodyOnDuty(groupId))));
        pair(now);
        watchers.forgetSilent();
        var due = ++ticks % TICKS_A_BOARD == 0;
        if (changed || due) {
            around.ledger().queue(matchmaker.fact(groupId, now));
        }
        if (due || (changed && watchers.size() <= MANY_WATCHERS)) {
            show(now);
            changed = false;
        }
        quietTicks = watchers.none() ? quietTicks + 1 : 0;
        if (quietTicks > QUIET_TICKS_BEFORE_SLEEP) {
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
    }

    /// One board for all who see the same. A lease that was renewed is no news.
    private void show(Instant now) {
        var seen = matchmaker.board(now, QueueBoard.MAX_CALLERS);
        var news = !seen.equals(shown);
        shown = seen;
        var boards = new HashMap<Boolean, QueueBoard>();
        watchers.each((watcher, withCallers) -> {
            if (news || ticks % (withCallers ? TICKS_A_BOARD : TICKS_A_NUMBER) == 0) {
                watcher.tell(boards.computeIfAbsent(withCallers, callers -> board(now, callers)));
            }
        });
    }

    private void heard(Instant now) {
        quietTicks = 0;
        changed = true;
        pair(now);
    }

    private void pair(Instant now) {
        for (var pairing : matchmaker.pair(now, tokens)) {
            changed = true;
            around.post()
                    .toAgent(
                            pairing.agentId(),
                            new AgentMessage.FromQueue(
                                    groupId,
                                    new QueueToAgent.Reserve(pairing.token(), pairing.callId(), groupId, RESERVE_FOR)));
        }
    }

    private void reserveAnswered(QueueMessage.ReserveAnswer answer, Instant now) {
        changed = true;
        var because = answer.refusedBecause();
        if (because != null) {
            matchmaker.reservationRefused(answer.token(), because);
            pair(now);
            return;
        }
        matchmaker
                .reserved(answer.token())
                .ifPresentOrElse(this::offer, () -> release(answer.token(), answer.agentId()));
    }

    private void offer(Pairing pairing) {
        around.post()
                .toCall(
                        pairing.callId(),
                        new CallMessage.FromQueue(new QueueToCall.Offer(
                                groupId, pairing.token(), pairing.agentId(), pairing.agentName(), pairing.decision())));
    }

    private void offerAnswered(QueueMessage.OfferAnswer answer, Instant now) {
        changed = true;
        if (answer.refusedBecause() == null) {
            matchmaker.offerAgreed(answer.token(), answer.order());
            return;
        }
        var refused = matchmaker.reserved(answer.token());
        matchmaker.offerRefused(answer.token());
        refused.ifPresent(this::release);
        pair(now);
    }

    private void release(Pairing pairing) {
        release(pairing.token(), pairing.agentId());
    }

    private void release(String token, String agentId) {
        around.post().toAgent(agentId, new AgentMessage.FromQueue(groupId, new QueueToAgent.Release(token)));
    }

    private QueueBoard board(Instant now, boolean withCallers) {
        var board = matchmaker.board(now, withCallers ? QueueBoard.MAX_CALLERS : 0);
        return new QueueBoard(
                groupId,
                now,
                board.filling(),
                board.waiting(),
                board.longestSince(),
                board.longestSince().map(since -> age(since, now)).orElse(Duration.ZERO),
                board.agents(),
                callers(board.callers()));
    }

    private static List<QueueBoard.Caller> callers(List<Board.Caller> callers) {
        return callers.stream()
                .map(c -> new QueueBoard.Caller(c.callId(), c.from(), c.since(), c.priority(), c.offeredTo()))
                .toList();
    }

    private static Duration age(Instant since, Instant now) {
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }
}
