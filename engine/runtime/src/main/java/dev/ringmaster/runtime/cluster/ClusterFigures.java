package dev.ringmaster.runtime.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;

/// What an operator sees of the cluster from one node: its members, and how many entities live
/// here (with them, whether a
/// node that is taken out of service has handed over its calls).
public final class ClusterFigures {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final List<EntityTypeKey<?>> KINDS = List.of(Keys.CALL, Keys.AGENT, Keys.QUEUE, Keys.SEATS);

    private final ActorSystem<?> system;
    private final Map<String, Integer> entities = new ConcurrentHashMap<>();

    public ClusterFigures(ActorSystem<?> system) {
        this.system = system;
    }

    /// By kind, as of the reading before this one: asking is asynchronous, and metrics are read again and again.
    public Map<String, Integer> entities() {
        KINDS.forEach(this::count);
        return new TreeMap<>(entities);
    }

    /// By status, and how many of all cannot be reached now.
    public Map<String, Integer> members() {
        var state = Cluster.get(system).state();
        var members = new TreeMap<String, Integer>();
        members.put("unreachable", state.getUnreachable().size());
        state.getMembers().forEach(member -> members.merge(member.status().toString(), 1, Integer::sum));
        return members;
    }

    private void count(EntityTypeKey<?> kind) {
        var shards = ClusterSharding.get(system).shardState();
        AskPattern.<ClusterShardingQuery, ShardRegion.CurrentShardRegionState>ask(
                        shards,
                        (ActorRef<ShardRegion.CurrentShardRegionState> replyTo) ->
                                new GetShardRegionState(kind, replyTo),
                        ANSWER_WITHIN,
                        system.scheduler())
                .thenAccept(state -> entities.put(
                        kind.name(),
                        state.getShards().stream()
                                .mapToInt(shard -> shard.getEntityIds().size())
                                .sum()));
    }
}
