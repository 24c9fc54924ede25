package dev.ringmaster.runtime.agent;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.AgentFact;
import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.QueueToAgent;
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
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.time.Duration;
import java.util.HashMap;
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

/// Runs one agent: journals what [Agent] decides, then makes the outside look like her state ([AgentOutside]).
public final class AgentEntity extends EventSourcedBehavior<AgentMessage, AgentEvent, Agent> {
    private static final Duration TICK = Duration.ofSeconds(1);

    /// Events between snapshots: an agent has some 500 a day, so a recovery reads at most half a day.
    private static final int SNAPSHOT_EVERY = 200;

    /// An agent off duty whom nobody watches stays awake for so many ticks.
    private static final int CLOSED_TICKS_BEFORE_SLEEP = 10;

    private final String agentId;
    private final ActorContext<AgentMessage> context;
    private final TimerScheduler<AgentMessage> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Surroundings around;
    private final EntityClock clock;
    private final Alarm<AgentMessage> alarm;
    private final Debts debts;
    private final AgentOutside outside;
    private final RememberedReplies replies = new RememberedReplies();
    private final NodeClock.Subscription shifts;
    private final Ledger.Slip<Agent> slip;

    /// Command id of a pressed answer by the call that has still to agree.
    private final Map<String, String> answersPending = new HashMap<>();

    private int closedTicks;

    /// @param shard who is told that this entity may sleep
    public static Behavior<AgentMessage> create(
            String agentId, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new AgentEntity(agentId, context, timers, shard, around)));
    }

    /// Without an actor system too: the simulation drives it over a virtual clock.
    AgentEntity(
            String agentId,
            ActorContext<AgentMessage> context,
            TimerScheduler<AgentMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around) {
        // A failed write proves nothing: start again and read what is true.
        super(
                PersistenceId.of(Keys.AGENT.name(), agentId),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
        this.agentId = agentId;
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.around = around;
        this.clock = new EntityClock(around.clock());
        this.alarm = new Alarm<>(timers, AgentMessage.Own.DEADLINE, clock);
        this.debts = new Debts(around.post(), Debtor.agent(agentId));
        this.outside = new AgentOutside(agentId, around);
        var self = context.getSelf();
        this.shifts = around.clock().onShift(() -> self.tell(AgentMessage.Own.CLOCK_SHIFTED));
        this.slip = around.ledger().agent(agentId);
    }

    @Override
    public Agent emptyState() {
        return Agent.unborn(agentId);
    }

    @Override
    public EventHandler<Agent, AgentEvent> eventHandler() {
        return (agent, event) -> {
            clock.seen(event.at());
            return Agent.apply(agent, event);
        };
    }

    @Override
    public CommandHandler<AgentMessage, AgentEvent, Agent> commandHandler() {
        return (agent, message) -> switch (message) {
            case AgentMessage.Ask ask -> onAsk(agent, ask);
            case AgentMessage.Steer steer -> onSteer(agent, steer);
            case AgentMessage.Debt(var debtor, var key, var owed) ->
                decide(
                        agent,
                        new AgentCommand.FromCall(owed),
                        refusal ->
                                around.post().confirm(debtor, new Confirmation(key, refusal == null, code(refusal))));
            case AgentMessage.Confirmed(var confirmation) ->
                decide(agent, new AgentCommand.Confirm(confirmation), _ -> {});
            case AgentMessage.FromQueue(var groupId, var asked) ->
                decide(agent, new AgentCommand.FromQueue(asked), refusal -> {
                    // A release is not answered: the queue would release her from the answer, and so for ever.
                    if (asked instanceof QueueToAgent.Reserve) {
                        around.post()
                                .toQueue(
                                        groupId, new QueueMessage.ReserveAnswer(asked.token(), agentId, code(refusal)));
                    }
                });
            case AgentMessage.LineHeld held -> onLineHeld(agent, held);
            case AgentMessage.LineGone(var line, var edge) ->
                decide(agent, new AgentCommand.LineLost(line), _ -> edge.tell(new EdgeMessage.LineLossKept(line)));
            case AgentMessage.Watch watch ->
                Effect().none().thenRun((Agent now) -> outside.watched(watch, now, seq(), clock.now()));
            case AgentMessage.WhereIsHerLine(var fence, var replyTo) ->
                Effect().none().thenRun((Agent now) -> replyTo.tell(outside.lineHome(now, fence)));
            case AgentMessage.WakeUp() -> Effect().none();
            case AgentMessage.Doubted(var doubt) -> onDoubt(agent, doubt);
            case AgentMessage.WhatOf(var callId, var token) ->
                Effect()
                        .none()
                        .thenRun((Agent now) -> around.post()
                                .toCall(
                                        callId,
                                        new CallMessage.AgentSaid(
                                                agentId, token, AgentFact.knows(now, callId, token))));
            case AgentMessage.CallSaid(var callId, var token, var has) ->
                has ? Effect().none() : decide(agent, new AgentCommand.CallHasNothing(callId, token), _ -> {});
            case AgentMessage.WhatOfSeat(var instanceId, var token) ->
                Effect()
                        .none()
                        .thenRun((Agent now) -> around.post()
                                .toSeats(
                                        instanceId,
                                        new SeatsMessage.AgentSaid(
                                                agentId,
                                                token,
                                                now.seat().filter(token::equals).isPresent())));
            case AgentMessage.Own own -> onOwn(agent, own);
        };
    }

    private Effect<AgentEvent, Agent> onAsk(Agent agent, AgentMessage.Ask ask) {
        var id = ask.commandId();
        if (replies.repeated(id, ask.replyTo())) {
            return Effect().none();
        }
        var decision = agent.decide(ask.command(), clock.now());
        return carryThrough(decision, (refusal, now) -> {
            if (refusal != null) {
                replies.answer(id, Reply.refused(refusal));
            } else if (ask.command() instanceof AgentCommand.Answer(var _, var callId)) {
                answersPending.put(callId, id);
                answerWhenAgreed(now);
            } else {
                replies.answer(id, new Reply.Done(result(ask.command(), now), seq()));
            }
        });
    }

    private Map<String, String> result(AgentCommand command, Agent agent) {
        return switch (command) {
            case AgentCommand.OpenSession _ -> Map.of("fence", Long.toString(agent.fence()));
            case AgentCommand.Dial dial -> Map.of("callId", "call-" + agentId + "-" + dial.clientToken());
            default -> Map.of();
        };
    }

    /// A pressed answer is answered when the call has agreed or is known to be gone.
    private void answerWhenAgreed(Agent agent) {
        Map.copyOf(answersPending).forEach((callId, commandId) -> {
            switch (agent.answerOutcome(callId)) {
                case PENDING -> {}
                case AGREED -> answered(callId, commandId, Reply.done(seq()));
                case GONE, NONE -> answered(callId, commandId, Reply.refused("CallGone", "The caller was faster."));
            }
        });
    }

    private void answered(String callId, String commandId, Reply reply) {
        answersPending.remove(callId);
        replies.answer(commandId, reply);
    }

    private Effect<AgentEvent, Agent> onSteer(Agent agent, AgentMessage.Steer steer) {
        return decide(agent, new AgentCommand.Steer(steer.fence(), steer.callId()), refusal -> {
            if (refusal == null) {
                around.post()
                        .toCall(
                                steer.callId(),
                                new CallMessage.Ask(steer.commandId(), steer.control(), steer.replyTo()));
            } else {
                steer.replyTo().tell(Reply.refused(refusal));
            }
        });
    }

    private Effect<AgentEvent, Agent> onLineHeld(Agent agent, AgentMessage.LineHeld held) {
        return outside.wanted(agent, held)
                ? decide(
                        agent,
                        new AgentCommand.LineOpened(held.fence(), held.line()),
                        refusal -> outside.answerEdge(held, refusal == null, seq()))
                : Effect().none().thenRun((Agent _) -> outside.answerEdge(held, false, seq()));
    }

    /// She looks for herself, or asks the call that stands against her; what she owes goes out once more.
    private Effect<AgentEvent, Agent> onDoubt(Agent agent, Doubt doubt) {
        switch (doubt.kind()) {
            case AGENT_WITHOUT_CALL, RING_UNKNOWN ->
                around.post().toCall(doubt.with(), new CallMessage.WhatOf(agentId, doubt.about()));
            default -> {}
        }
        debts.again(agent.owed());
        return decide(agent, new AgentCommand.Doubted(doubt), _ -> {
            if (doubt.kind() == Doubt.Kind.SECOND_SESSION) {
                outside.oneSession(agent, seq(), clock.now());
            }
        });
    }

    private Effect<AgentEvent, Agent> onOwn(Agent agent, AgentMessage.Own own) {
        return switch (own) {
            case DEADLINE -> onDeadline(agent);
            case CLOCK_SHIFTED -> Effect().none().thenRun((Agent now) -> alarm.rearm(now.deadline()));
            case TICK -> onTick(agent);
            case STOP -> Effect().none().thenStop();
        };
    }

    private Effect<AgentEvent, Agent> onDeadline(Agent agent) {
        var decision = agent.decide(new AgentCommand.DeadlinePassed(), clock.now());
        return switch (decision) {
            case Decision.Accepted<AgentEvent>(var events)
            when !events.isEmpty() -> carryThrough(decision, (_, _) -> {});
            // Rung too early, or of no interest any more: armed anew, for the deadline that is true now.
            case Decision.Accepted<AgentEvent> _, Decision.Refused<AgentEvent> _ ->
                Effect().none().thenRun((Agent now) -> {
                    if (now.deadline().filter(d -> d.isAfter(clock.now())).isPresent()) {
                        alarm.rearm(now.deadline());
                    }
                });
        };
    }

    private Effect<AgentEvent, Agent> onTick(Agent agent) {
        slip.moves();
        debts.again(agent.owed());
        outside.tick(agent, seq());
        if (agent.open() || outside.watchedBySomebody()) {
            closedTicks = 0;
        } else if (++closedTicks > CLOSED_TICKS_BEFORE_SLEEP) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return outside.silence(agent)
                .map(silent -> decide(agent, silent, _ -> {}))
                .orElseGet(() -> Effect().none());
    }

    private Effect<AgentEvent, Agent> decide(Agent agent, AgentCommand command, Consumer<@Nullable Refusal> then) {
        return carryThrough(agent.decide(command, clock.now()), (refusal, _) -> then.accept(refusal));
    }

    /// What is done after the decision was carried through, with the state that followed from it.
    private interface Then {
        void run(@Nullable Refusal refusal, Agent agent);
    }

    /// Persist, then act: plan, debts, notices and deadline follow from the new state; then whoever asked is answered.
    private Effect<AgentEvent, Agent> carryThrough(Decision<AgentEvent> decision, Then then) {
        return switch (decision) {
            case Decision.Accepted<AgentEvent>(var events)
            when events.isEmpty() -> Effect().none().thenRun((Agent agent) -> then.run(null, agent));
            case Decision.Accepted<AgentEvent>(var events) ->
                Effect().persist(events).thenRun(agent -> {
                    changed(agent);
                    then.run(null, agent);
                });
            case Decision.Refused<AgentEvent>(var refusal) ->
                Effect().none().thenRun((Agent agent) -> then.run(refusal, agent));
        };
    }

    private void changed(Agent agent) {
        slip.says(agent, seq());
        alarm.set(agent.deadline());
        debts.changed(agent.owed());
        outside.changed(agent, seq(), clock.now());
        answerWhenAgreed(agent);
    }

    /// At every recovery: a failed write restarts the entity, and Pekko then cancels whatever was armed before.
    private void startTimers() {
        alarm.forget();
        timers.startTimerWithFixedDelay(AgentMessage.Own.TICK, AgentMessage.Own.TICK, TICK);
    }

    @Override
    public SignalHandler<Agent> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), agent -> {
                    startTimers();
                    replies.forgetUnanswered(answersPending.values());
                    if (seq() > 0) {
                        clock.seen(agent.screen().since());
                        outside.heardEverybody();
                        changed(agent);
                        outside.askCall(agent);
                    }
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

    private long seq() {
        return lastSequenceNumber(context);
    }

    private static @Nullable String code(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }
}
