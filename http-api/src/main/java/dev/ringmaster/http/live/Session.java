package dev.ringmaster.http.live;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.http.live.Visitors.Visitor;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.runtime.agent.Agents;
import dev.ringmaster.runtime.call.Calls;
import dev.ringmaster.runtime.edge.Lines;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.queue.Queues;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One browser's WebSocket: greets it, takes the next fence from her agent, and hands over to
/// [Desk]. Holds no state that matters; a new
/// socket starts from the entities again.
public final class Session {
    /// Less would lose slow lines, more would let strangers hold sockets.
    static final Duration HELLO_WITHIN = Duration.ofSeconds(5);

    /// What a session hears.
    sealed interface Message {}

    record Heard(String text) implements Message {
        @Override
        public String toString() {
            return "Heard(" + text.length() + " characters)";
        }
    }

    /// The browser sent what we do not read: binary, or too long.
    record Unreadable() implements Message {}

    record SocketClosed() implements Message {}

    record Known(ClientMessage.Hello hello, Optional<Visitor> visitor, boolean fault) implements Message {}

    record Opened(Visitor visitor, Reply reply) implements Message {}

    record AgentChanged(AgentUpdate update) implements Message {}

    record CallChanged(CallUpdate update) implements Message {}

    record QueueChanged(QueueBoard board) implements Message {}

    record Recorded(String callId) implements Message {}

    record Answered(
            String id, Map<String, String> result, @Nullable Refusal refusal) implements Message {}

    record LoginChecked(boolean valid) implements Message {}

    /// Timers of a session.
    enum Tick implements Message {
        HELLO,
        SILENCE,
        ALIVE,
        LEASE,
        NODE_LOST,
        BOARD,
        FIRST_CALL,
        LOGIN
    }

    /// What sessions of a node share.
    ///
    /// @param ledger where each session with a seat says so
    /// @param ice configuration for the browser's RTCPeerConnection
    /// @param workers runs what waits for the database
    public record Surroundings(
            Agents agents,
            Calls calls,
            Queues queues,
            Lines lines,
            Visitors visitors,
            ActorRef<RecordedHints.Message> hints,
            Ledger ledger,
            Map<String, Object> ice,
            InstantSource clock,
            Executor workers) {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final Surroundings around;
    private final Outlet outlet;

    private Session(ActorContext<Message> context, TimerScheduler<Message> timers, Surroundings around, Outlet outlet) {
        this.context = context;
        this.timers = timers;
        this.around = around;
        this.outlet = outlet;
    }

    static Behavior<Message> create(Surroundings around, Outlet outlet) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Session(context, timers, around, outlet).waitingForHello()));
    }

    private Behavior<Message> waitingForHello() {
        timers.startSingleTimer(Tick.HELLO, HELLO_WITHIN);
        return Behaviors.receive(Message.class)
                .onMessage(Heard.class, heard -> hello(heard.text()))
                .onMessage(Unreadable.class, _ -> refuse(Problem.malformed("The first message is a hello.")))
                .onMessage(SocketClosed.class, _ -> Behaviors.stopped())
                .onMessage(Tick.class, _ -> refuse(Problem.of(401, "AUTH", "No hello came within 5 seconds.")))
                .build();
    }

    private Behavior<Message> hello(String text) {
        try {
            if (ClientMessage.parse(text) instanceof ClientMessage.Hello hello) {
                timers.cancel(Tick.HELLO);
                context.pipeToSelf(
                        CompletableFuture.supplyAsync(
                                () -> around.visitors().visitor(hello.token(), hello.instance()), around.workers()),
                        (visitor, failure) ->
                                new Known(hello, visitor == null ? Optional.empty() : visitor, failure != null));
                return opening(hello);
            }
            return refuse(Problem.malformed("The first message is a hello."));
        } catch (Problem problem) {
            return refuse(problem);
        }
    }

    private Behavior<Message> opening(ClientMessage.Hello hello) {
        var resume = ResumeToken.draw();
        return Behaviors.receive(Message.class)
                .onMessage(Known.class, known -> known(known, resume))
                .onMessage(Opened.class, opened -> opened(hello, opened, resume))
                .onMessage(SocketClosed.class, _ -> Behaviors.stopped())
                .onMessage(Heard.class, _ -> Behaviors.same())
                .onMessage(Unreadable.class, _ -> refuse(Problem.malformed("Messages are short texts.")))
                .build();
    }

    private Behavior<Message> known(Known known, ResumeToken resume) {
        if (known.fault()) {
            return refuse(Problem.unavailable());
        }
        if (known.visitor().isEmpty()) {
            return refuse(Problem.notLoggedIn());
        }
        var visitor = known.visitor().get();
        if (known.hello().listenOnly() || !visitor.caller().may(Right.WORKBENCH)) {
            return new Desk(context, timers, around, outlet, known.hello().token(), visitor, Optional.empty()).open();
        }
        var open = new AgentCommand.OpenSession(
                context.getSelf().path().name(),
                visitor.profile(),
                known.hello().resumeToken().map(ResumeToken::hash),
                ResumeToken.hash(resume.value()),
                known.hello().takeOver());
        context.pipeToSelf(
                around.agents().ask(visitor.caller().personId(), open),
                (reply, failure) -> new Opened(visitor, failure == null ? reply : unavailable()));
        return Behaviors.same();
    }

    private Behavior<Message> opened(ClientMessage.Hello hello, Opened opened, ResumeToken resume) {
        return switch (opened.reply()) {
            case Reply.Refused(var refusal) -> refuse(Problem.conflict(refusal));
            case Reply.Done(var result, var _) -> {
                var fence = Long.parseLong(result.getOrDefault("fence", "0"));
                var seat = new Desk.Seat(fence, resume.value());
                yield new Desk(context, timers, around, outlet, hello.token(), opened.visitor(), Optional.of(seat))
                        .open();
            }
        };
    }

    private Behavior<Message> refuse(Problem problem) {
        outlet.refuse(problem);
        outlet.close();
        return Behaviors.stopped();
    }

    static Reply unavailable() {
        var problem = Problem.unavailable();
        return Reply.refused(problem.code(), problem.sentence());
    }
}
