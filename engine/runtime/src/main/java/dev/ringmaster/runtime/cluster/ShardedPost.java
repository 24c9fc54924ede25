package dev.ringmaster.runtime.cluster;

import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.Question;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Reaches entities and queues through sharding, on whichever node they live.
public final class ShardedPost implements Post, Question {
    /// One try of a question: long enough for a write on a loaded journal, short enough that a failover is met by the
    /// next try.
    private static final Duration TRY = Duration.ofSeconds(3);

    private static final int TRIES = 3;

    private final ClusterSharding sharding;

    public ShardedPost(ClusterSharding sharding) {
        this.sharding = sharding;
    }

    @Override
    public void toCall(String callId, CallMessage message) {
        sharding.entityRefFor(Keys.CALL, callId).tell(message);
    }

    @Override
    public void toAgent(String agentId, AgentMessage message) {
        sharding.entityRefFor(Keys.AGENT, agentId).tell(message);
    }

    @Override
    public void toQueue(String groupId, QueueMessage message) {
        sharding.entityRefFor(Keys.QUEUE, groupId).tell(message);
    }

    @Override
    public void toSeats(String instanceId, SeatsMessage message) {
        sharding.entityRefFor(Keys.SEATS, instanceId).tell(message);
    }

    @Override
    public CompletionStage<Reply> agent(String agentId, Function<ActorRef<Reply>, AgentMessage> message) {
        var entity = sharding.entityRefFor(Keys.AGENT, agentId);
        return answered(again(() -> entity.<Reply>ask(message::apply, TRY), TRIES));
    }

    @Override
    public CompletionStage<AgentMessage.LineHome> lineHome(String agentId, long fence) {
        var entity = sharding.entityRefFor(Keys.AGENT, agentId);
        return again(
                () -> entity.<AgentMessage.LineHome>ask(
                        replyTo -> new AgentMessage.WhereIsHerLine(fence, replyTo), TRY),
                TRIES);
    }

    @Override
    public CompletionStage<Reply> seats(String instanceId, Function<ActorRef<Reply>, SeatsMessage> message) {
        var entity = sharding.entityRefFor(Keys.SEATS, instanceId);
        return answered(again(() -> entity.<Reply>ask(message::apply, TRY), TRIES));
    }

    @Override
    public CompletionStage<QueueBoard> board(String groupId) {
        var entity = sharding.entityRefFor(Keys.QUEUE, groupId);
        return again(() -> entity.<QueueBoard>ask(QueueMessage.Look::new, TRY), TRIES);
    }

    private static <T> CompletionStage<T> again(Supplier<CompletionStage<T>> ask, int tries) {
        return tries <= 1 ? ask.get() : ask.get().exceptionallyCompose(_ -> again(ask, tries - 1));
    }

    private static CompletionStage<Reply> answered(CompletionStage<Reply> asked) {
        return asked.exceptionally(_ -> Reply.refused("Unavailable", "The engine did not answer in time; try again."));
    }
}
