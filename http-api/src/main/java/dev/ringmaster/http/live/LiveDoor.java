package dev.ringmaster.http.live;

import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// `GET /api/v1/live`: turns a WebSocket into a [Session] actor, with limits on what a browser may send.
public final class LiveDoor {
    /// An SDP offer with many candidates has some 10,000 characters.
    private static final int MAX_MESSAGE_CHARS = 40_000;

    private static final Duration WHOLE_MESSAGE_WITHIN = Duration.ofSeconds(5);

    /// A person's fastest clicking and all alive messages fit easily; a runaway script is slowed down.
    private static final int MESSAGES_A_SECOND = 30;

    private static final int BURST = 100;

    /// Messages waiting for one browser; one that lets more pile up is cut off.
    private static final int OUT_BUFFER = 256;

    /// Open sockets of one node.
    private static final int MAX_SESSIONS = 10_000;

    private final ActorSystem<?> system;
    private final Session.Surroundings around;
    private final Materializer materializer;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final String node;

    /// @param node makes session names unique in the cluster
    public LiveDoor(ActorSystem<?> system, String node, Session.Surroundings around) {
        this.system = system;
        this.node = node;
        this.around = around;
        this.materializer = SystemMaterializer.get(system).materializer();
    }

    /// Sockets open now, for the metrics.
    public int open() {
        return open.get();
    }

    public Endpoint endpoint() {
        return Endpoint.open("GET", "/api/v1/live", this::upgrade);
    }

    private CompletionStage<HttpResponse> upgrade(ApiRequest request) {
        var upgrade = request.http().getAttribute(AttributeKeys.webSocketUpgrade);
        if (upgrade.isEmpty()) {
            throw Problem.malformed("This address is a WebSocket.");
        }
        if (open.get() >= MAX_SESSIONS) {
            throw Problem.unavailable();
        }
        return Answers.now(upgrade.get().handleMessagesWith(conversation()));
    }

    private Flow<Message, Message, NotUsed> conversation() {
        var out = Source.<Message>queue(OUT_BUFFER).preMaterialize(materializer);
        var name = "session-" + node + "-" + numbers.incrementAndGet();
        ActorRef<Session.Message> session =
                system.systemActorOf(Session.create(around, new Outlet(out.first())), name, Props.empty());
        open.incrementAndGet();
        var in = Flow.of(Message.class)
                .throttle(
                        MESSAGES_A_SECOND, Duration.ofSeconds(1), BURST, org.apache.pekko.stream.ThrottleMode.shaping())
                .mapAsync(1, this::read)
                .watchTermination((_, ended) -> {
                    ended.whenComplete((_, _) -> {
                        open.decrementAndGet();
                        session.tell(new Session.SocketClosed());
                    });
                    return NotUsed.getInstance();
                })
                .to(Sink.foreach(session::tell));
        return Flow.fromSinkAndSourceCoupled(in, out.second());
    }

    private CompletionStage<Session.Message> read(Message message) {
        if (!message.isText()) {
            message.asBinaryMessage().getStreamedData().runWith(Sink.cancelled(), materializer);
            return CompletableFuture.completedFuture(new Session.Unreadable());
        }
        var text = message.asTextMessage();
        if (text.isStrict()) {
            var whole = text.getStrictText();
            return CompletableFuture.completedFuture(
                    whole.length() <= MAX_MESSAGE_CHARS ? new Session.Heard(whole) : new Session.Unreadable());
        }
        // What comes after the limit is read and dropped, so that the refusal still reaches the browser.
        return text.getStreamedText()
                .completionTimeout(WHOLE_MESSAGE_WITHIN)
                .runFold(
                        new StringBuilder(),
                        (whole, part) -> whole.length() > MAX_MESSAGE_CHARS ? whole : whole.append(part),
                        materializer)
                .<Session.Message>thenApply(whole -> whole.length() > MAX_MESSAGE_CHARS
                        ? new Session.Unreadable()
                        : new Session.Heard(whole.toString()))
                .exceptionally(_ -> new Session.Unreadable());
    }
}
