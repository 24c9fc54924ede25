package dev.ringmaster.runtime.entity;

import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A post that keeps what it is given, in order.
public final class KeptPost implements Post {
    /// One letter.
    public record Letter(String to, String id, Object message) {}

    private final List<Letter> letters = new CopyOnWriteArrayList<>();

    @Override
    public void toCall(String callId, CallMessage message) {
        letters.add(new Letter("call", callId, message));
    }

    @Override
    public void toAgent(String agentId, AgentMessage message) {
        letters.add(new Letter("agent", agentId, message));
    }

    @Override
    public void toQueue(String groupId, QueueMessage message) {
        letters.add(new Letter("queue", groupId, message));
    }

    @Override
    public void toSeats(String instanceId, SeatsMessage message) {
        letters.add(new Letter("seats", instanceId, message));
    }

    public <T> List<T> all(Class<T> type) {
        return letters.stream()
                .map(Letter::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public void clear() {
        letters.clear();
    }
}
