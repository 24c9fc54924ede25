package dev.ringmaster.runtime.agent;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.port.Directory;
import dev.ringmaster.runtime.tenant.SeatsDesk;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.Question;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.tenant.CallerNumber;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/// The front door to agents.
public final class Agents {
    private final Post post;
    private final Question question;
    private final SeatsDesk seats;
    private final Directory directory;

    public Agents(Post post, Question question, SeatsDesk seats, Directory directory) {
        this.post = post;
        this.question = question;
        this.seats = seats;
        this.directory = directory;
    }

    /// One command, done once: the same `commandId` again gets the same answer. `Answer` is answered when the call has
    /// agreed or is gone.
    /// `OpenSession` answers with `fence`, `Dial` with `callId`.
    public CompletionStage<Reply> ask(String agentId, String commandId, AgentCommand command) {
        return question.agent(agentId, replyTo -> new AgentMessage.Ask(commandId, command, replyTo));
    }

    /// A command that nobody will repeat.
    public CompletionStage<Reply> ask(String agentId, AgentCommand command) {
        return ask(agentId, UUID.randomUUID().toString(), command);
    }

    /// Holds a seat of the instance, then starts work under it. A seat that is not taken falls back by itself.
    public CompletionStage<Reply> startWork(String instanceId, String agentId, long fence, String commandId) {
        return seats.hold(instanceId, agentId, commandId).thenCompose(held -> switch (held) {
            case Reply.Done(var result, var _) ->
                ask(agentId, commandId, new AgentCommand.StartWork(fence, result.getOrDefault("seat", "")));
            case Reply.Refused refused -> CompletableFuture.completedFuture(refused);
        });
    }

    /// Dials with the chosen caller number, or with the first she may use; refuses `CallerNotAllowed` (AGT-032).
    public CompletionStage<Reply> dial(
            String instanceId,
            String agentId,
            long fence,
            String commandId,
            PhoneNumber number,
            Optional<PhoneNumber> callerId,
            Said remark,
            String source) {
        return directory
                .callers(instanceId, agentId)
                .thenCompose(callers -> chosen(callers, callerId)
                        .map(caller -> directory
                                .area(number.value())
                                .thenCompose(area -> ask(
                                        agentId,
                                        commandId,
                                        new AgentCommand.Dial(
                                                fence,
                                                commandId,
                                                number,
                                                new PhoneNumber(caller.number()),
                                                caller.trunkId(),
                                                remark,
                                                source,
                                                area))))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                Reply.refused("CallerNotAllowed", "You may not call out with this number."))));
    }

    private static Optional<CallerNumber> chosen(List<CallerNumber> callers, Optional<PhoneNumber> callerId) {
        return callerId.isEmpty()
                ? callers.stream().findFirst()
                : callers.stream()
                        .filter(c -> c.number().equals(callerId.get().value()))
                        .findFirst();
    }

    /// The agent's screen at once and after every change, and the proof that her browser's session lives. A lease: call
    /// again every 2–5 s;
    /// 10 s of silence is a lost session. An older fence gets one update that says `superseded`.
    ///
    /// @param seen number of the last update that came, -1 = none: a lost one is sent again
    public void watch(String agentId, long fence, long seen, ActorRef<AgentUpdate> watcher) {
        post.toAgent(agentId, new AgentMessage.Watch(fence, seen, watcher));
    }
}
