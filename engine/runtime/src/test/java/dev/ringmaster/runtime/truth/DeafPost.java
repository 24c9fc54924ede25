package dev.ringmaster.runtime.truth;

import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A post in which what some say gets lost, until the auditor has doubted them.
final class DeafPost implements Post {
    private final Post post;
    private final Set<String> deaf;
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();

    /// @param deaf ids of calls and agents who are not heard
    DeafPost(Post post, Set<String> deaf) {
        this.post = post;
        this.deaf = deaf;
    }

    boolean doubted(String id) {
        return doubted.contains(id);
    }

    private boolean lost(String from) {
        return deaf.contains(from) && !doubted.contains(from);
    }

    @Override
    public void toCall(String callId, CallMessage message) {
        if (message instanceof CallMessage.Doubted) {
            doubted.add(callId);
        }
        var hopeless = message instanceof CallMessage.FromQueue(QueueToCall.NobodyOnDuty _);
        var unheard = switch (message) {
            case CallMessage.Held _ -> lost(callId);
            case CallMessage.WhatOf(var agentId, var _) -> lost(agentId);
            default -> false;
        };
        if (!hopeless && !unheard) {
            post.toCall(callId, message);
        }
    }

    @Override
    public void toAgent(String agentId, AgentMessage message) {
        if (message instanceof AgentMessage.Doubted) {
            doubted.add(agentId);
        }
        post.toAgent(agentId, message);
    }

    @Override
    public void toQueue(String groupId, QueueMessage message) {
        var from = switch (message) {
            case QueueMessage.Waits(var waits) -> waits.callId();
            case QueueMessage.AgentTells(var notice) -> notice.agentId();
            default -> "";
        };
        if (!lost(from)) {
            post.toQueue(groupId, message);
        }
    }

    @Override
    public void toSeats(String instanceId, SeatsMessage message) {
        if (!(message instanceof SeatsMessage.Debt(var debtor, var _, var _) && lost(debtor.id()))) {
            post.toSeats(instanceId, message);
        }
    }
}
