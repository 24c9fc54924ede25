package dev.ringmaster.runtime.cluster;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three nodes with the settings of an installation, and a network between them that can be cut.
@SuppressWarnings("deprecation") // Pekko's own means to cut a network still lie with the older transport
class PartitionTest {
    private final List<ActorSystem<Void>> nodes;

    PartitionTest() throws IOException {
        var founder = freePort();
        nodes = List.of(node(founder, founder), node(freePort(), founder), node(freePort(), founder));
    }

    @AfterEach
    void end() {
        nodes.forEach(ActorSystem::terminate);
    }

    @Test
    @Spec("SYS-003")
    void the_minority_stops_even_when_it_is_the_oldest_and_the_majority_goes_on() {
        eventually(
                () -> assertThat(nodes).allSatisfy(node -> assertThat(up(node)).hasSize(3)));

        var cutOff = nodes.getFirst();
        var majority = nodes.subList(1, 3);
        majority.forEach(other -> {
            cut(cutOff, other);
            cut(other, cutOff);
        });

        eventually(() ->
                assertThat(cutOff.getWhenTerminated().toCompletableFuture()).isDone());
        eventually(() -> assertThat(majority)
                .allSatisfy(node -> assertThat(up(node))
                        .containsExactlyInAnyOrder(address(majority.getFirst()), address(majority.getLast()))));
        assertThat(majority)
                .noneMatch(
                        node -> node.getWhenTerminated().toCompletableFuture().isDone());
    }

    /// What one says to the other gets lost; connections stand, and ports still answer.
    private static void cut(ActorSystem<Void> from, ActorSystem<Void> to) {
        var provider = (RemoteActorRefProvider) ((ExtendedActorSystem) Adapter.toClassic(from)).provider();
        provider.transport()
                .managementCommand(new ThrottlerTransportAdapter.SetThrottle(
                        address(to), bothWays(), ThrottlerTransportAdapter.Blackhole$.MODULE$));
    }

    /// A Scala object inside an object has no name in Java.
    private static ThrottlerTransportAdapter.Direction bothWays() {
        try {
            var name = ThrottlerTransportAdapter.Direction.class.getName() + "$Both$";
            return (ThrottlerTransportAdapter.Direction)
                    Class.forName(name).getField("MODULE$").get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static List<Address> up(ActorSystem<Void> node) {
        return StreamSupport.stream(Cluster.get(node).state().getMembers().spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .map(Member::address)
                .toList();
    }

    private static Address address(ActorSystem<Void> node) {
        return Cluster.get(node).selfMember().address();
    }

    private static ActorSystem<Void> node(int port, int founder) {
        var config = new NodeConfig("three-node", "127.0.0.1:" + port + ",127.0.0.1:" + founder, Set.of("engine"))
                .load(ConfigFactory.parseString("""
                        pekko.serialization.jackson.jackson-modules = []
                        pekko.remote.artery.advanced.test-mode = on
                        """));
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), NodeConfig.SYSTEM, config);
        system.systemActorOf(DeathWatch.create(), "death-watch", Props.empty());
        return system;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
