package dev.ringmaster.runtime.wire;

import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Owed;

/// How a part reaches another, on whichever node it lives. Delivery is at most once: what must arrive is owed and
/// repeated.
public interface Post {
    void toCall(String callId, CallMessage message);

    void toAgent(String agentId, AgentMessage message);

    void toQueue(String groupId, QueueMessage message);

    void toSeats(String instanceId, SeatsMessage message);

    /// Sends one owed message to its receiver.
    default void deliver(Debtor debtor, Owed owed) {
        switch (owed) {
            case Owed.ToAgent(var key, var agentId, var message) ->
                toAgent(agentId, new AgentMessage.Debt(debtor, key, message));
            case Owed.ToCall(var key, var callId, var message) ->
                toCall(callId, new CallMessage.Debt(debtor, key, message));
            case Owed.ToQueue(var key, var groupId, var message) ->
                toQueue(groupId, new QueueMessage.Debt(debtor, key, message));
            case Owed.ToSeats(var key, var instanceId, var message) ->
                toSeats(instanceId, new SeatsMessage.Debt(debtor, key, message));
        }
    }

    /// Tells a debtor that its message has arrived.
    default void confirm(Debtor debtor, Confirmation confirmation) {
        switch (debtor.kind()) {
            case CALL -> toCall(debtor.id(), new CallMessage.Confirmed(confirmation));
            case AGENT -> toAgent(debtor.id(), new AgentMessage.Confirmed(confirmation));
        }
    }
}
