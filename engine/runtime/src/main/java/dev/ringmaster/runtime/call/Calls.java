package dev.ringmaster.runtime.call;

import dev.ringmaster.call.CallCommand;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.Question;
import dev.ringmaster.runtime.wire.Reply;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/// The front door to calls.
public final class Calls {
    private final Post post;
    private final Question question;

    public Calls(Post post, Question question) {
        this.post = post;
        this.question = question;
    }

    /// Hold, resume, mute, digits, hang up. Goes through the agent, who checks session and call; the call answers. The
    /// same `commandId`
    /// again is done once and gets the same answer.
    public CompletionStage<Reply> control(
            String agentId, long fence, String commandId, String callId, CallCommand.Control control) {
        return question.agent(agentId, replyTo -> new AgentMessage.Steer(commandId, fence, callId, control, replyTo));
    }

    /// The call's screen at once and after every change. A lease: call again every 2–5 s, it ends 10 s after the last
    /// time.
    ///
    /// @param seen number of the last update that came, -1 = none: a lost one is sent again
    public void watch(String callId, long seen, ActorRef<CallUpdate> watcher) {
        post.toCall(callId, new CallMessage.Watch(seen, watcher));
    }
}
