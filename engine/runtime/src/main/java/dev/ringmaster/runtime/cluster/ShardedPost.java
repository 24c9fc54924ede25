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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Reaches entities and queues through sharding, on whichever node they live.
public final class ShardedPost implements Post, Question {
    /// A question without an answer is asked again after so long: what was said to a dying node is said again as
    /// soon as another one has taken over. Entities carry a repeated command out once and answer each.
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(700);

    /// Longer and longer, so that a loaded journal is not asked faster and faster.
    private static final double GROWS_BY = 1.5;

    /// Then the page says that the engine does not answer.
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(9);

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
        return answered(again(within -> entity.<Reply>ask(message::apply, within)));
    }

    @Override
    public CompletionStage<AgentMessage.LineHome> lineHome(String agentId, long fence) {
        var entity = sharding.entityRefFor(Keys.AGENT, agentId);
        return again(within ->
                entity.<AgentMessage.LineHome>ask(replyTo -> new AgentMessage.WhereIsHerLine(fence, replyTo), within));
    }

    @Override
    public CompletionStage<Reply> seats(String instanceId, Function<ActorRef<Reply>, SeatsMessage> message) {
        var entity = sharding.entityRefFor(Keys.SEATS, instanceId);
        return answered(again(within -> entity.<Reply>ask(message::apply, within)));
    }

    @Override
    public CompletionStage<QueueBoard> board(String groupId) {
        var entity = sharding.entityRefFor(Keys.QUEUE, groupId);
        return again(within -> entity.<QueueBoard>ask(QueueMessage.Look::new, within));
    }

    /// Whichever answer comes first, also one to an earlier asking.
    private static <T> CompletionStage<T> again(Function<Duration, CompletionStage<T>> ask) {
        var answer = new CompletableFuture<T>();
        askUntilAnswered(answer, ask, GIVE_UP_AFTER, ASK_AGAIN_AFTER);
        return answer;
    }

    private static <T> void askUntilAnswered(
            CompletableFuture<T> answer, Function<Duration, CompletionStage<T>> ask, Duration left, Duration again) {
        var last = left.compareTo(again) <= 0;
        ask.apply(left).whenComplete((said, failure) -> {
            if (failure == null) {
                answer.complete(said);
            } else if (last) {
                answer.completeExceptionally(failure);
            }
        });
        if (!last) {
            CompletableFuture.delayedExecutor(again.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (!answer.isDone()) {
                            var longer = Duration.ofMillis((long) (again.toMillis() * GROWS_BY));
                            askUntilAnswered(answer, ask, left.minus(again), longer);
                        }
                    });
        }
    }

    private static CompletionStage<Reply> answered(CompletionStage<Reply> asked) {
        return asked.exceptionally(_ -> Reply.refused("Unavailable", "The engine did not answer in time; try again."));
    }
}
