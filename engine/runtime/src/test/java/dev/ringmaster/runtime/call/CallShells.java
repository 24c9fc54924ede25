package dev.ringmaster.runtime.call;

import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.CallMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Calls' shells without an actor system.
public final class CallShells {
    private CallShells() {}

    public static CallEntity of(
            String callId,
            ActorContext<CallMessage> context,
            TimerScheduler<CallMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around,
            FlowShelf flows) {
        return new CallEntity(callId, context, timers, shard, around, flows);
    }
}
