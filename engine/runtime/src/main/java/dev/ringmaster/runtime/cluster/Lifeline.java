package dev.ringmaster.runtime.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// One silent TCP connection to another node's cluster port. The kernel of its host ends the
/// connection in the moment in
/// which the process dies, long before heartbeats are missed.
///
/// Proof of death is two things together: the connection that we held was ended from the other side, and connecting
/// again is refused several times in a row. A stopped process, a pause, a full queue of
/// connections or a cut network end
/// nothing that we hold and only let us wait, and waiting proves nothing. A firewall that begins to refuse does not end
/// what we hold either.
final class Lifeline implements AutoCloseable {
    private static final int REFUSALS_ARE_PROOF = 3;

    /// Between refusals; a process that is started anew needs a hundred times as long until it listens.
    private static final int ASK_AGAIN_AFTER_MS = 50;

    /// Between tries to take hold of a node that does not answer.
    private static final int TRY_AGAIN_AFTER_MS = 500;

    private static final int CONNECT_WITHIN_MS = 1_000;

    private final InetSocketAddress node;
    private final Runnable died;
    private volatile boolean closed;
    private volatile @Nullable Socket held;

    private Lifeline(InetSocketAddress node, Runnable died) {
        this.node = node;
        this.died = died;
    }

    /// @param died called once, on a thread of this lifeline, when the node's process is proven dead
    static Lifeline to(InetSocketAddress node, Runnable died) {
        var lifeline = new Lifeline(node, died);
        Thread.ofVirtual().name("lifeline-" + node).start(lifeline::watch);
        return lifeline;
    }

    private void watch() {
        var cut = false;
        var refusals = 0;
        while (!closed) {
            try (var socket = new Socket()) {
                held = socket;
                socket.connect(new InetSocketAddress(node.getHostString(), node.getPort()), CONNECT_WITHIN_MS);
                refusals = 0;
                untilCut(socket);
                cut = true;
            } catch (ConnectException _) {
                // The host answers that nobody listens. (A connection that times out is another exception.)
                refusals++;
                if (cut && refusals >= REFUSALS_ARE_PROOF && !closed) {
                    died.run();
                    return;
                }
            } catch (IOException _) {
                refusals = 0;
            }
            if (!pause(cut ? ASK_AGAIN_AFTER_MS : TRY_AGAIN_AFTER_MS)) {
                return;
            }
        }
    }

    /// Nothing is ever said here, so reading ends only with the connection.
    private static void untilCut(Socket socket) {
        try {
            var in = socket.getInputStream();
            while (in.read() >= 0) {
                // not for us
            }
        } catch (IOException _) {
            // reset instead of ended: cut as well
        }
    }

    private static boolean pause(int ms) {
        try {
            Thread.sleep(ms);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        var socket = held;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException _) {
                // it was over already
            }
        }
    }
}
