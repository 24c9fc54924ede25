import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// Listens on ports FIRST, FIRST + 2, … for SECONDS, and prints every five seconds what the streams were like:
/// packets, those missing by their sequence numbers, and the longest gap between two packets of one stream.
/// Usage: java RtpGaps.java FIRST COUNT SECONDS
final class RtpGaps {
    private static final class Stream {
        long packets;
        long missing;
        long last;
        long longest;
        int sequence = -1;
    }

    public static void main(String[] args) throws Exception {
        int first = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]);
        long start = System.nanoTime();
        long end = start + Long.parseLong(args[2]) * 1_000_000_000L;
        var selector = Selector.open();
        for (int i = 0; i < count; i++) {
            var channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress("127.0.0.1", first + 2 * i));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Stream());
        }
        var buffer = ByteBuffer.allocateDirect(2_048);
        long report = start + 5_000_000_000L;
        System.out.println("listening");
        while (System.nanoTime() < end) {
            selector.select(key -> read(key, buffer), 50);
            if (System.nanoTime() >= report) {
                print(selector, (report - start) / 1_000_000_000L);
                report += 5_000_000_000L;
            }
        }
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        var stream = (Stream) key.attachment();
        try {
            while (((DatagramChannel) key.channel()).receive(buffer.clear()) != null) {
                int sequence = buffer.getShort(2) & 0xffff;
                long now = System.nanoTime();
                if (stream.sequence >= 0) {
                    stream.longest = Math.max(stream.longest, now - stream.last);
                    stream.missing += Math.max(0, (short) (sequence - stream.sequence - 1));
                }
                stream.sequence = sequence;
                stream.last = now;
                stream.packets++;
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void print(Selector selector, long second) {
        long heard = 0, packets = 0, missing = 0, longest = 0;
        for (var key : selector.keys()) {
            var stream = (Stream) key.attachment();
            heard += stream.packets > 0 ? 1 : 0;
            packets += stream.packets;
            missing += stream.missing;
            longest = Math.max(longest, stream.longest);
            stream.packets = stream.missing = stream.longest = 0;
        }
        System.out.printf("rtp %d s: %d streams heard, %d packets, %d missing, longest gap %d ms%n", second, heard, packets, missing, longest / 1_000_000);
    }
}
