package dev.ringmaster.media.node;

import dev.ringmaster.media.stream.PortPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.BitSet;
import java.util.Optional;

/// The ports of a node, bound when they are needed. A port that another program holds is passed over; one that was
/// given back is used again as late as possible, so that late packets of its last call meet nobody.
final class PortRange {
    private static final int TELEPHONE_BUFFER_BYTES = 1 << 20;

    private final InetAddress address;
    private final int first;
    private final int pairs;
    private final BitSet taken = new BitSet();
    private int next;

    PortRange(InetAddress address, int firstPort, int lastPort) {
        this.address = address;
        first = firstPort + (firstPort & 1);
        pairs = (lastPort - first + 1) / 2;
    }

    /// Binds the next free pair; empty when there is none.
    synchronized Optional<PortPair> pair() {
        for (int i = 0; i < pairs; i++) {
            int index = (next + i) % pairs;
            if (taken.get(index)) {
                continue;
            }
            var pair = bind(index);
            if (pair.isPresent()) {
                taken.set(index);
                next = index + 1;
                return pair;
            }
        }
        return Optional.empty();
    }

    /// Binds one port of the range; the pair it belongs to is taken for good.
    synchronized DatagramChannel single(int bufferBytes) throws IOException {
        for (int index = 0; index < pairs; index++) {
            if (!taken.get(index)) {
                try {
                    var channel = open(first + 2 * index, bufferBytes);
                    taken.set(index);
                    return channel;
                } catch (IOException _) {
                    // somebody else's: the next one
                }
            }
        }
        throw new IOException("no port from %d to %d can be bound on %s"
                .formatted(first, first + 2 * pairs - 1, address.getHostAddress()));
    }

    synchronized int freePairs() {
        return pairs - taken.cardinality();
    }

    private synchronized void release(int index) {
        taken.clear(index);
    }

    private Optional<PortPair> bind(int index) {
        int port = first + 2 * index;
        try {
            var rtp = open(port, TELEPHONE_BUFFER_BYTES);
            try {
                var rtcp = open(port + 1, 65_536);
                return Optional.of(new PortPair(port, rtp, rtcp, () -> release(index)));
            } catch (IOException fault) {
                rtp.close();
                return Optional.empty();
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private DatagramChannel open(int port, int bufferBytes) throws IOException {
        var family = address.getAddress().length == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        var channel = DatagramChannel.open(family);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException fault) {
            channel.close();
            throw fault;
        }
    }
}
