package dev.ringmaster.runtime.queue;

import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.Question;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/// The front door to the groups' queues.
public final class Queues {
    private final Post post;
    private final Question question;

    public Queues(Post post, Question question) {
        this.post = post;
        this.question = question;
    }

    /// One board per group at once, after every change (at most 4 a second per group) and each second while somebody
    /// waits. A lease: call
    /// again every 2–5 s, it ends 10 s after the last time.
    ///
    /// @param withCallers whether the callers are listed (administrators)
    public void watch(Collection<String> groupIds, boolean withCallers, ActorRef<QueueBoard> watcher) {
        groupIds.forEach(group -> post.toQueue(group, new QueueMessage.Watch(watcher, withCallers)));
    }

    /// The board of one group as it is now.
    public CompletionStage<QueueBoard> look(String groupId) {
        return question.board(groupId);
    }
}
