package dev.ringmaster.simulation;

import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.Question;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/// One machine's way to everybody: as the sharded post does it, with the same tries, over the virtual network.
final class LocalPost implements Post, Question {
    private static final long TRY_MS = 3_000;
    private static final int TRIES = 3;

    private final Machine machine;

    LocalPost(Machine machine) {
        this.machine = machine;
    }

    @Override
    public void toCall(String callId, CallMessage message) {
        send("call|" + callId, message);
    }

    @Override
    public void toAgent(String agentId, AgentMessage message) {
        if (message instanceof AgentMessage.FromQueue(var groupId, QueueToAgent.Reserve reserve)) {
            machine.centre.checks.reserves(groupId, reserve.callId());
        }
        send("agent|" + agentId, message);
    }

    @Override
    public void toQueue(String groupId, QueueMessage message) {
        send("queue|" + groupId, message);
    }

    @Override
    public void toSeats(String instanceId, SeatsMessage message) {
        send("seats|" + instanceId, message);
    }

    private void send(String key, Object message) {
        machine.centre.network.toKey(machine, key, message);
    }

    @Override
    public CompletionStage<Reply> agent(String agentId, Function<ActorRef<Reply>, AgentMessage> message) {
        return answered(again(() -> ask("agent|" + agentId, message), TRIES));
    }

    @Override
    public CompletionStage<AgentMessage.LineHome> lineHome(String agentId, long fence) {
        return again(
                () -> this.<AgentMessage.LineHome>ask(
                        "agent|" + agentId, replyTo -> new AgentMessage.WhereIsHerLine(fence, replyTo)),
                TRIES);
    }

    @Override
    public CompletionStage<Reply> seats(String instanceId, Function<ActorRef<Reply>, SeatsMessage> message) {
        return answered(again(() -> ask("seats|" + instanceId, message), TRIES));
    }

    @Override
    public CompletionStage<QueueBoard> board(String groupId) {
        return again(() -> this.<QueueBoard>ask("queue|" + groupId, QueueMessage.Look::new), TRIES);
    }

    /// Answered, or failed after one try's time; neither when the machine is gone.
    <T> CompletionStage<T> ask(String key, Function<ActorRef<T>, ?> message) {
        var answer = new CompletableFuture<T>();
        var replyTo = new Ref<T>(
                machine.centre,
                machine,
                "ask/" + machine.nextActor(),
                reply -> machine.work(() -> answer.complete(reply)));
        machine.work(() -> send(key, message.apply(replyTo)));
        machine.centre.world.in(TRY_MS, () -> {
            if (machine.alive()) {
                machine.work(() -> answer.completeExceptionally(new TimeoutException(key)));
            }
        });
        return answer;
    }

    private static <T> CompletionStage<T> again(Supplier<CompletionStage<T>> ask, int tries) {
        return tries <= 1 ? ask.get() : ask.get().exceptionallyCompose(_ -> again(ask, tries - 1));
    }

    private static CompletionStage<Reply> answered(CompletionStage<Reply> asked) {
        return asked.exceptionally(_ -> Reply.refused("Unavailable", "The engine did not answer in time; try again."));
    }
}
