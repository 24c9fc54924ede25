package dev.ringmaster.runtime.agent;

import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.AgentMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Agents' shells without an actor system.
public final class AgentShells {
    private AgentShells() {}

    public static AgentEntity of(
            String agentId,
            ActorContext<AgentMessage> context,
            TimerScheduler<AgentMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around) {
        return new AgentEntity(agentId, context, timers, shard, around);
    }
}
