package dev.ringmaster.runtime.edge;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.Question;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// The front door to agents' standing lines.
public final class Lines {
    /// DTLS comes later; this is only the time to make sockets and an answer.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final Question question;
    private final Edges edges;

    public Lines(ActorSystem<?> system, Question question, Edges edges) {
        this.system = system;
        this.question = question;
        this.edges = edges;
    }

    /// A browser's offer for the agent's line. It goes to the edge that has her earlier line or her call, else to any
    /// living one.
    public CompletionStage<Opened> open(String agentId, long fence, String sdpOffer) {
        return question.lineHome(agentId, fence)
                .thenCompose(home -> home.current()
                        ? openAt(agentId, fence, sdpOffer, home.edge().orElse(""))
                        : refused("SessionSuperseded", "Another browser has taken over."))
                .exceptionally(_ -> new Opened.Refused("Unavailable", "The line could not be opened; try again."));
    }

    private CompletionStage<Opened> openAt(String agentId, long fence, String sdpOffer, String preferred) {
        var edge = edges.living(preferred).or(() -> edges.any(agentId));
        if (edge.isEmpty()) {
            return refused("Unavailable", "No edge can take the line now.");
        }
        return AskPattern.<EdgeMessage, EdgeMessage.LineReply>ask(
                        edge.get(),
                        replyTo -> new EdgeMessage.OpenLine(agentId, fence, sdpOffer, replyTo),
                        ANSWER_WITHIN,
                        system.scheduler())
                .thenApply(Lines::opened);
    }

    private static Opened opened(EdgeMessage.LineReply reply) {
        var answer = reply.answer();
        return answer == null
                ? new Opened.Refused("InvalidArgument", String.valueOf(reply.problem()))
                : new Opened.Line(answer);
    }

    private static CompletionStage<Opened> refused(String code, String message) {
        return CompletableFuture.completedFuture(new Opened.Refused(code, message));
    }

    /// An answered offer, or why there is none.
    public sealed interface Opened {
        record Line(Telephony.LineAnswer answer) implements Opened {}

        record Refused(String code, String message) implements Opened {}
    }
}
