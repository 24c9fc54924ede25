package dev.ringmaster.http.live;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentScreen;
import dev.ringmaster.http.live.Session.AgentChanged;
import dev.ringmaster.http.live.Session.Answered;
import dev.ringmaster.http.live.Session.CallChanged;
import dev.ringmaster.http.live.Session.Heard;
import dev.ringmaster.http.live.Session.LoginChecked;
import dev.ringmaster.http.live.Session.Message;
import dev.ringmaster.http.live.Session.QueueChanged;
import dev.ringmaster.http.live.Session.Recorded;
import dev.ringmaster.http.live.Session.SocketClosed;
import dev.ringmaster.http.live.Session.Surroundings;
import dev.ringmaster.http.live.Session.Tick;
import dev.ringmaster.http.live.Session.Unreadable;
import dev.ringmaster.http.live.Visitors.Visitor;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.runtime.edge.Lines;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/// A greeted browser: shows it her agent, her call and the queues as their owners tell them, and
/// takes her commands there. With no seat it
/// only watches the queues (administrators' boards).
final class Desk {
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(5);
    private static final Duration SILENCE_IS_LOSS = Duration.ofSeconds(10);
    private static final Duration LEASE_EVERY = Duration.ofSeconds(3);
    /// Entities of a node that is gone wake elsewhere without watchers. Sooner, the lease might go to the dead one.
    private static final Duration LEASE_AFTER_LOSS = Duration.ofMillis(300);
    /// At most four boards a second.
    private static final Duration BOARD_EVERY = Duration.ofMillis(250);
    /// So long the first snapshot waits for the running call's screen.
    private static final Duration FIRST_CALL_WITHIN = Duration.ofMillis(700);

    private static final Duration CHECK_LOGIN_EVERY = Duration.ofSeconds(30);

    /// An agent session: the fence it was given and the token with which its browser may come back.
    record Seat(long fence, String resumeToken) {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final Surroundings around;
    private final Outlet outlet;
    private final String token;
    private final Visitor visitor;
    private final Optional<Seat> seat;
    private final Commands commands;
    private final Board board;
    private final ActorRef<AgentUpdate> onAgent;
    private final ActorRef<CallUpdate> onCall;
    private final ActorRef<QueueBoard> onQueue;

    private boolean greeted;
    private long lastSeq = -1;
    private @Nullable AgentScreen screen;
    private @Nullable String watchedCall;
    private @Nullable CallUpdate call;

    Desk(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Surroundings around,
            Outlet outlet,
            String token,
            Visitor visitor,
            Optional<Seat> seat) {
        this.context = context;
        this.timers = timers;
        this.around = around;
        this.outlet = outlet;
        this.token = token;
        this.visitor = visitor;
        this.seat = seat;
        var caller = visitor.caller();
        this.commands = new Commands(
                around.agents(),
                around.calls(),
                caller.instanceId(),
                caller.personId(),
                seat.map(Seat::fence).orElse(0L));
        this.board = new Board(
                visitor.boardGroups(),
                caller.may(Right.QUEUE_ALL),
                id -> visitor.names().getOrDefault(id, id));
        this.onAgent = context.messageAdapter(AgentUpdate.class, AgentChanged::new);
        this.onCall = context.messageAdapter(CallUpdate.class, CallChanged::new);
        this.onQueue = context.messageAdapter(QueueBoard.class, QueueChanged::new);
    }

    Behavior<Message> open() {
        around.hints()
                .tell(new RecordedHints.Register(
                        visitor.caller().instanceId(),
                        visitor.caller().personId(),
                        visitor.caller().may(Right.CALLS_ALL),
                        context.getSelf()));
        seat.ifPresent(this::sits);
        timers.startTimerAtFixedRate(Tick.ALIVE, ALIVE_EVERY);
        timers.startTimerAtFixedRate(Tick.LEASE, LEASE_EVERY);
        timers.startTimerAtFixedRate(Tick.LOGIN, CHECK_LOGIN_EVERY);
        timers.startSingleTimer(Tick.SILENCE, SILENCE_IS_LOSS);
        var losses = context.messageAdapter(ClusterEvent.MemberRemoved.class, _ -> Tick.NODE_LOST);
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(losses, ClusterEvent.MemberRemoved.class));
        renewLeases();
        if (seat.isEmpty()) {
            greet();
        }
        return Behaviors.receive(Message.class)
                .onMessage(Heard.class, heard -> heard(heard.text()))
                .onMessage(AgentChanged.class, changed -> agentChanged(changed.update()))
                .onMessage(CallChanged.class, changed -> callChanged(changed.update()))
                .onMessage(QueueChanged.class, changed -> queueChanged(changed.board()))
                .onMessage(Answered.class, this::answered)
                .onMessage(Recorded.class, recorded -> say("recorded", Map.of("callId", recorded.callId())))
                .onMessage(LoginChecked.class, checked -> checked.valid() ? goOn() : loggedOut())
                .onMessage(Tick.class, this::tick)
                .onMessage(Unreadable.class, _ -> unreadable())
                .onMessage(SocketClosed.class, _ -> lost(false))
                .onSignal(PostStop.class, _ -> {
                    around.ledger().left(sessionId());
                    return Behaviors.same();
                })
                .build();
    }

    /// The auditor compares sessions with the fences that their agents know; a doubted one asks its agent at once.
    private void sits(Seat taken) {
        var self = context.getSelf();
        var caller = visitor.caller();
        around.ledger()
                .sits(new Ledger.Sitting(
                        sessionId(),
                        caller.personId(),
                        caller.instanceId(),
                        taken.fence(),
                        () -> self.tell(Tick.LEASE)));
    }

    private String sessionId() {
        return context.getSelf().path().name();
    }

    private Behavior<Message> tick(Tick tick) {
        return switch (tick) {
            case ALIVE -> say("alive", Map.of("seq", lastSeq));
            case LEASE -> {
                renewLeases();
                yield goOn();
            }
            case NODE_LOST -> {
                timers.startSingleTimer(Tick.NODE_LOST, Tick.LEASE, LEASE_AFTER_LOSS);
                yield goOn();
            }
            case BOARD -> say("queue", board.json(around.clock().instant()));
            case FIRST_CALL -> {
                greet();
                yield goOn();
            }
            case SILENCE -> lost(false);
            case LOGIN -> {
                context.pipeToSelf(
                        CompletableFuture.supplyAsync(() -> around.visitors().stillLoggedIn(token), around.workers()),
                        // A database that is away ends no call.
                        (valid, failure) -> new LoginChecked(failure != null || Boolean.TRUE.equals(valid)));
                yield goOn();
            }
            case HELLO -> goOn();
        };
    }

    private void renewLeases() {
        seat.ifPresent(s -> around.agents().watch(visitor.caller().personId(), s.fence(), lastSeq, onAgent));
        if (watchedCall != null) {
            around.calls().watch(watchedCall, call == null ? -1 : call.seq(), onCall);
        }
        around.queues().watch(board.groupIds(), board.withCallers(), onQueue);
    }

    private Behavior<Message> heard(String text) {
        timers.startSingleTimer(Tick.SILENCE, SILENCE_IS_LOSS);
        ClientMessage message;
        try {
            message = ClientMessage.parse(text);
        } catch (Problem problem) {
            outlet.refuse(problem);
            return goOn();
        }
        return switch (message) {
            case ClientMessage.Command command -> command(command);
            case ClientMessage.Line line -> line(line);
            case ClientMessage.Snapshot _ -> {
                if (greeted) {
                    snapshot();
                }
                yield goOn();
            }
            case ClientMessage.Alive _ -> goOn();
            case ClientMessage.Bye _ -> lost(true);
            case ClientMessage.Hello _ -> goOn();
        };
    }

    private Behavior<Message> command(ClientMessage.Command command) {
        if (seat.isEmpty()) {
            return answered(refused(command.id(), Problem.forbidden()));
        }
        try {
            answerLater(command.id(), commands.run(command).thenApply(reply -> {
                remember(command, reply);
                return reply;
            }));
        } catch (Problem problem) {
            return answered(refused(command.id(), problem));
        }
        return goOn();
    }

    private void remember(ClientMessage.Command command, Reply reply) {
        var callerId = command.args().path("callerId");
        if (reply instanceof Reply.Done && command.name().equals("call") && callerId.isTextual()) {
            around.workers().execute(() -> around.visitors().calledWith(visitor.caller(), callerId.textValue()));
        }
        if (reply instanceof Reply.Done && command.name().equals("autoAnswer")) {
            var on = command.args().path("on").booleanValue();
            around.workers().execute(() -> around.visitors().autoAnswers(visitor.caller(), on));
        }
    }

    private Behavior<Message> line(ClientMessage.Line line) {
        if (seat.isEmpty()) {
            return answered(refused(line.id(), Problem.forbidden()));
        }
        var opened = around.lines().open(visitor.caller().personId(), seat.get().fence(), line.sdp());
        answerLater(line.id(), opened.thenApply(result -> switch (result) {
            case Lines.Opened.Line(var answer) ->
                new Reply.Done(
                        Map.of("sdp", answer.sdp(), "lineId", answer.line().lineId()), 0);
            case Lines.Opened.Refused(var code, var message) -> Reply.refused(code, message);
        }));
        return goOn();
    }

    private void answerLater(String id, CompletionStage<? extends Reply> reply) {
        context.pipeToSelf(reply, (done, failure) -> switch (failure == null ? done : Session.unavailable()) {
            case Reply.Done(var result, var _) -> new Answered(id, result, null);
            case Reply.Refused(var refusal) -> new Answered(id, Map.of(), refusal);
        });
    }

    private Behavior<Message> answered(Answered answer) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", answer.id());
        if (answer.refusal() == null) {
            json.putAll(answer.result());
            return say("done", json);
        }
        json.putAll(Outlet.refusal(Problem.conflict(answer.refusal())));
        return say("refused", json);
    }

    private static Answered refused(String id, Problem problem) {
        return new Answered(
                id, Map.of(), new dev.ringmaster.base.Refusal(problem.code(), problem.sentence(), problem.field()));
    }

    private Behavior<Message> agentChanged(AgentUpdate update) {
        if (update.superseded()) {
            say("superseded", Map.of("message", "You have logged in elsewhere; that browser has the line now."));
            outlet.close();
            return Behaviors.stopped();
        }
        if (update.seq() <= lastSeq) {
            return goOn();
        }
        if (update.screen().connection().equals("LOST")) {
            // Her entity has not heard us for too long (this node stood still): the browser comes back with its resume
            // token.
            outlet.close();
            return Behaviors.stopped();
        }
        var from = lastSeq;
        lastSeq = update.seq();
        screen = update.screen();
        var hadCall = watchedCall;
        follow(screen.callId().orElse(null));
        if (!greeted) {
            if (watchedCall == null) {
                greet();
            } else {
                timers.startSingleTimer(Tick.FIRST_CALL, FIRST_CALL_WITHIN);
            }
            return goOn();
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("of", "agent");
        json.put("from", from);
        json.put("seq", lastSeq);
        json.put("agent", Screens.agent(screen));
        say("change", json);
        return hadCall != null && watchedCall == null ? sayCall() : goOn();
    }

    private void follow(@Nullable String callId) {
        if (callId == null || !callId.equals(watchedCall)) {
            watchedCall = callId;
            call = null;
            if (callId != null) {
                around.calls().watch(callId, -1, onCall);
            }
        }
    }

    private Behavior<Message> callChanged(CallUpdate update) {
        if (!update.callId().equals(watchedCall) || (call != null && update.seq() <= call.seq())) {
            return goOn();
        }
        call = update;
        if (!greeted) {
            greet();
            return goOn();
        }
        return sayCall();
    }

    private Behavior<Message> sayCall() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("of", "call");
        json.put("seq", callSeq());
        json.put("call", callScreen());
        return say("change", json);
    }

    private long callSeq() {
        return call == null ? 0 : call.seq();
    }

    private @Nullable Object callScreen() {
        return call == null ? null : call.screen().map(Screens::call).orElse(null);
    }

    private Behavior<Message> queueChanged(QueueBoard update) {
        board.put(update);
        if (!timers.isTimerActive(Tick.BOARD)) {
            timers.startSingleTimer(Tick.BOARD, BOARD_EVERY);
        }
        return goOn();
    }

    private void greet() {
        timers.cancel(Tick.FIRST_CALL);
        greeted = true;
        snapshot();
    }

    private void snapshot() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("seq", Math.max(lastSeq, 0));
        seat.ifPresent(s -> json.put("session", Map.of("fence", s.fence(), "resumeToken", s.resumeToken())));
        json.put("me", visitor.me());
        json.put("ice", around.ice());
        json.put("agent", screen == null ? null : Screens.agent(screen));
        json.put("call", callScreen());
        json.put("callSeq", callSeq());
        say("snapshot", json);
    }

    private Behavior<Message> say(String type, Map<String, ? extends @Nullable Object> content) {
        var json = new LinkedHashMap<String, @Nullable Object>(content);
        json.putIfAbsent("now", around.clock().instant());
        outlet.send(type, json);
        return goOn();
    }

    /// A browser that was cut off because it reads too slowly is lost.
    private Behavior<Message> goOn() {
        return outlet.open() ? Behaviors.same() : lost(false);
    }

    private Behavior<Message> unreadable() {
        outlet.refuse(Problem.malformed("Messages are texts of limited length."));
        return lost(false);
    }

    private Behavior<Message> loggedOut() {
        outlet.refuse(Problem.notLoggedIn());
        return lost(true);
    }

    private Behavior<Message> lost(boolean onPurpose) {
        outlet.close();
        seat.ifPresent(s ->
                around.agents().ask(visitor.caller().personId(), new AgentCommand.SessionLost(s.fence(), onPurpose)));
        return Behaviors.stopped();
    }
}
