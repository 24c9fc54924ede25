package dev.ringmaster.runtime.cluster;

import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// Names under which sharding finds entities. A persistent entity's journal id is `name|id`, e.g. `call|…`: never
/// rename one.
public final class Keys {
    public static final EntityTypeKey<CallMessage> CALL = EntityTypeKey.create(CallMessage.class, "call");
    public static final EntityTypeKey<AgentMessage> AGENT = EntityTypeKey.create(AgentMessage.class, "agent");
    public static final EntityTypeKey<QueueMessage> QUEUE = EntityTypeKey.create(QueueMessage.class, "queue");
    public static final EntityTypeKey<SeatsMessage> SEATS = EntityTypeKey.create(SeatsMessage.class, "seats");

    private Keys() {}
}
