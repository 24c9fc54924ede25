package dev.ringmaster.runtime.cluster;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifelineTest {
    private final AtomicInteger deaths = new AtomicInteger();

    @Test
    @Spec("SYS-003")
    void a_process_whose_connections_end_and_whose_port_refuses_is_dead() throws IOException {
        var node = listening();
        try (var _ = lifelineTo(node)) {
            var held = node.accept();
            node.close();
            held.close();
            eventually(() -> assertThat(deaths).hasValue(1));
        }
    }

    @Test
    @Spec("SYS-003")
    void a_node_that_ends_the_connection_and_still_listens_lives() throws IOException {
        try (var node = listening();
                var _ = lifelineTo(node)) {
            for (var i = 0; i < 5; i++) {
                node.accept().close(); // it comes back each time
            }
            assertThat(deaths).hasValue(0);
        }
    }

    @Test
    @Spec("SYS-003")
    void a_port_that_refuses_is_no_proof_while_the_connection_stands_or_was_never_there() throws IOException {
        var node = listening();
        try (var _ = lifelineTo(node);
                var held = node.accept()) {
            node.close(); // as behind a firewall that begins to refuse
            try (var neverHeld = Lifeline.to(address(node), deaths::incrementAndGet)) {
                refusedOften(node);
                assertThat(deaths).hasValue(0);
                assertThat(held.isClosed()).isFalse();
                assertThat(neverHeld).isNotNull();
            }
        }
    }

    /// As long as a death takes to be proven, counted in refusals instead of time.
    private static void refusedOften(ServerSocket node) {
        var refusals = new AtomicInteger();
        eventually(() -> {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.getLocalPort()));
            } catch (IOException _) {
                refusals.incrementAndGet();
            }
            assertThat(refusals).hasValueGreaterThan(20);
        });
    }

    private Lifeline lifelineTo(ServerSocket node) {
        return Lifeline.to(address(node), deaths::incrementAndGet);
    }

    private static InetSocketAddress address(ServerSocket node) {
        return InetSocketAddress.createUnresolved("127.0.0.1", node.getLocalPort());
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }
}
