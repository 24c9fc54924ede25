package dev.ringmaster.runtime.wire;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/// A message that wants an answer. Unanswered, it is sent again under the same command id; after the last try the
/// answer is
/// `Unavailable`.
public interface Question {
    CompletionStage<Reply> agent(String agentId, Function<ActorRef<Reply>, AgentMessage> message);

    CompletionStage<AgentMessage.LineHome> lineHome(String agentId, long fence);

    CompletionStage<Reply> seats(String instanceId, Function<ActorRef<Reply>, SeatsMessage> message);

    CompletionStage<QueueBoard> board(String groupId);
}
