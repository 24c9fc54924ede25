package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/// What is left of an edge that is closed.
@Spec("SYS-007")
class CloseTest {
    private static WeakReference<Object> usedAndClosed() {
        try (var edge = new EdgeUnderTest();
                var peer = new RawSip(edge.port)) {
            var options = peer.request("OPTIONS", "sip:1@127.0.0.1:" + edge.port, "Max-Forwards: 70", "");
            assertThat(peer.ask(options)).startsWith("SIP/2.0 200");
            return new WeakReference<>(edge.media);
        }
    }

    @Test
    void a_closed_edge_is_not_kept_in_memory() {
        var media = usedAndClosed();
        Await.until(() -> {
            System.gc();
            return media.refersTo(null);
        });
    }
}
