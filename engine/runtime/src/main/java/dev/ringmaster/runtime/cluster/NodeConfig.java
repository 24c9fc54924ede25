package dev.ringmaster.runtime.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The actor system's configuration of one node, from `cluster-config` on the class path and the node's place in the
/// cluster.
///
/// @param profile name of a file in `cluster-config/profiles`: `single-node`, `three-node`, `test`
/// @param cluster `RINGMASTER_CLUSTER`: `host:port` of this node, then the seed nodes; empty = a cluster of one on a
/// free loopback port
/// @param roles of `edge`, `engine`, `api`
public record NodeConfig(String profile, String cluster, Set<String> roles) {
    /// Name of every node's actor system.
    public static final String SYSTEM = "ringmaster";

    public NodeConfig {
        roles = Set.copyOf(roles);
        for (var role : roles) {
            if (!Set.of("edge", "engine", "api").contains(role)) {
                throw new IllegalArgumentException(
                        "unknown role " + role + "; RINGMASTER_ROLES takes edge, engine and api");
            }
        }
    }

    /// A cluster of one, in which this process does everything.
    public static NodeConfig single() {
        return new NodeConfig("single-node", "", Set.of("edge", "engine", "api"));
    }

    /// The complete configuration; what `first` says (journal address, test overrides) wins.
    public Config load(Config first) {
        return first.withFallback(place())
                .withFallback(ConfigFactory.parseResources("cluster-config/profiles/" + profile + ".conf"))
                .withFallback(ConfigFactory.parseResources("cluster-config/reference/journal.conf"))
                .withFallback(ConfigFactory.parseResources("cluster-config/reference/ringmaster.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    private Config place() {
        var addresses = Stream.of(cluster.split(",", -1))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .toList();
        var own = addresses.isEmpty()
                ? InetSocketAddress.createUnresolved("127.0.0.1", 0)
                : address(addresses.getFirst());
        // A node that is its own only seed begins a cluster; a cluster of one joins itself, because its port is not
        // known before.
        var seeds = addresses.size() < 2 ? addresses : addresses.subList(1, addresses.size());
        return ConfigFactory.empty()
                .withValue("pekko.remote.artery.canonical.hostname", ConfigValueFactory.fromAnyRef(own.getHostString()))
                .withValue("pekko.remote.artery.canonical.port", ConfigValueFactory.fromAnyRef(own.getPort()))
                .withValue("pekko.cluster.roles", ConfigValueFactory.fromIterable(List.copyOf(new TreeSet<>(roles))))
                .withValue(
                        "pekko.cluster.seed-nodes",
                        ConfigValueFactory.fromIterable(seeds.stream()
                                .map(seed -> "pekko://" + SYSTEM + "@" + seed)
                                .toList()));
    }

    private static InetSocketAddress address(String hostAndPort) {
        var colon = hostAndPort.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("RINGMASTER_CLUSTER wants host:port, not " + hostAndPort);
        }
        return InetSocketAddress.createUnresolved(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }
}
