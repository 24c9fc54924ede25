package dev.ringmaster.media.shard;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that owns sockets and streams: it reads what has come, carries out what was asked, takes what other
/// shards forward, and calls each member every 20 ms. Whatever goes wrong in one of these is caught, counted and
/// ends there.
public final class Shard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    /// Packets forwarded from other shards that may wait: 80 ms of 1,000 streams.
    private static final int RING_SLOTS = 4_096;
    /// Packets read from a socket of many peers before the next gets its turn.
    private static final int MAX_BATCH = 64;
    /// From so many members on a shard wakes once a slot of its wheel and not for each packet: sound
    /// is up to 1 ms later,
    /// and hundreds of calls cost a thousand wake-ups a second and not one for every packet.
    private static final int CROWD = 40;
    /// The longest sleep of an idle shard.
    private static final long IDLE_NANOS = 1_000_000_000L;
    /// Faults are logged at most once in this time.
    private static final long LOG_EVERY_NANOS = 1_000_000_000L;

    /// The longest packet that is read or written.
    public static final int MAX_PACKET = 2_048;

    /// Called every 20 ms.
    public interface Member extends SlotWheel.Member {}

    /// Takes what came to a socket; [Shard#in] holds it.
    public interface Reader {
        void datagram(int length, SocketAddress from, long nowNanos);
    }

    /// Takes what a stream of another shard has forwarded.
    public interface ForwardTaker {
        void forwarded(FrameRing.Slot slot);
    }

    /// The packet that has been read, and the one that is being made.
    public final byte[] in = new byte[MAX_PACKET];

    public final byte[] out = new byte[MAX_PACKET];

    private final ByteBuffer inBuffer = ByteBuffer.wrap(in);
    private final ByteBuffer outBuffer = ByteBuffer.wrap(out);
    private final Thread thread;
    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final FrameRing ring = new FrameRing(RING_SLOTS);
    private final LongAdder droppedForwards = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final Lateness lateness = new Lateness(System.nanoTime());
    private final SlotWheel wheel = new SlotWheel(System.nanoTime());
    private final Consumer<SelectionKey> onReady = this::ready;
    private final Consumer<FrameRing.Slot> onForwarded = this::forwarded;
    private final SlotWheel.Caller onTick = this::call;
    private volatile boolean sleeping;
    private volatile boolean closing;
    private long loggedNanos;

    public Shard(int number) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("media-shard-" + number).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Has something done on this shard, after what was asked before.
    public void submit(Runnable command) {
        commands.add(command);
        wakeUp();
    }

    /// Does it now when this is the shard's thread, else in its turn.
    public void here(Runnable command) {
        if (isCurrent()) {
            command.run();
        } else {
            submit(command);
        }
    }

    public boolean isCurrent() {
        return thread.equals(Thread.currentThread());
    }

    /// A slot in which another shard puts a frame for a [ForwardTaker] of this one, null when there is no room.
    public FrameRing.@Nullable Slot claimForward() {
        var slot = ring.claim();
        if (slot == null) {
            droppedForwards.increment();
        }
        return slot;
    }

    public void publishForward(FrameRing.Slot slot) {
        ring.publish(slot);
        wakeUp();
    }

    /// Members and sockets: only on the shard's thread.
    public void join(Member member) {
        wheel.add(member, System.nanoTime());
    }

    public void leave(Member member) {
        wheel.remove(member);
    }

    /// To a socket of one peer, which sends a packet every 20 ms: one is read in a turn, so that no read finds nothing.
    public void listen(DatagramChannel channel, Reader reader) {
        listen(channel, new Ear(reader, 1));
    }

    /// To a socket on which many peers send.
    public void listenToMany(DatagramChannel channel, Reader reader) {
        listen(channel, new Ear(reader, MAX_BATCH));
    }

    private record Ear(Reader reader, int packets) {}

    private void listen(DatagramChannel channel, Ear ear) {
        try {
            channel.register(selector, SelectionKey.OP_READ, ear);
        } catch (ClosedChannelException _) {
            // closed between its opening and this turn: nothing to hear
        }
    }

    /// Sends the first bytes of [#out]. A full socket buffer or an unreachable peer loses the packet, as a network
    /// would.
    ///
    /// @return whether it went out
    public boolean send(DatagramChannel channel, SocketAddress to, int length) {
        outBuffer.clear().limit(length);
        try {
            return channel.send(outBuffer, to) > 0;
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    public int members() {
        return wheel.members();
    }

    public Duration latenessP99() {
        return lateness.quantile(0.99);
    }

    public Duration latenessStanding() {
        return lateness.standing(0.99);
    }

    public Duration latenessMax() {
        return lateness.quantile(1.0);
    }

    public long droppedForwards() {
        return droppedForwards.sum();
    }

    public long faults() {
        return faults.sum();
    }

    /// Ends the thread after what was asked before.
    @Override
    public void close() {
        submit(() -> closing = true);
        try {
            thread.join(Duration.ofSeconds(5));
            selector.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException fault) {
            LOG.debug("the selector did not close", fault);
        }
    }

    private void run() {
        if (!Precedence.raise()) {
            LOG.info("{} runs as any other thread: on a full machine sound may come late", thread.getName());
        }
        while (!closing) {
            try {
                turn();
            } catch (Throwable fault) {
                note(fault);
            }
        }
    }

    private void turn() throws IOException {
        long waitNanos = wheel.nanosToNext(System.nanoTime());
        long waitMs = toMillis(waitNanos);
        if (wheel.members() >= CROWD) {
            LockSupport.parkNanos(waitNanos);
            selector.selectNow(onReady);
        } else if (waitMs > 0) {
            sleeping = true;
            if (commands.isEmpty() && ring.isEmpty()) {
                selector.select(onReady, waitMs);
                sleeping = false;
            } else {
                sleeping = false;
                selector.selectNow(onReady);
            }
        } else {
            selector.selectNow(onReady);
        }
        carryOut();
        ring.drain(onForwarded, RING_SLOTS);
        long now = System.nanoTime();
        wheel.advance(now, lateness, onTick);
        lateness.turn(now);
    }

    /// A selector waits for whole milliseconds; rounding up is late by less than one, rounding down would spin.
    private static long toMillis(long nanos) {
        return (Math.min(nanos, IDLE_NANOS) + 999_999) / 1_000_000;
    }

    private void wakeUp() {
        if (sleeping && !isCurrent()) {
            selector.wakeup();
        }
    }

    private void carryOut() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            try {
                command.run();
            } catch (Throwable fault) {
                note(fault);
            }
        }
    }

    private void ready(SelectionKey key) {
        // what was asked before a packet was sent is done before the packet is read
        carryOut();
        try {
            var channel = (DatagramChannel) key.channel();
            var ear = (Ear) key.attachment();
            for (int i = 0; i < ear.packets(); i++) {
                inBuffer.clear();
                var from = channel.receive(inBuffer);
                if (from == null) {
                    return;
                }
                ear.reader().datagram(inBuffer.position(), from, System.nanoTime());
            }
        } catch (ClosedChannelException _) {
            // its stream closed it
        } catch (Throwable fault) {
            note(fault);
        }
    }

    private void forwarded(FrameRing.Slot slot) {
        try {
            if (slot.target instanceof ForwardTaker taker) {
                taker.forwarded(slot);
            }
        } catch (Throwable fault) {
            note(fault);
        }
    }

    private void call(SlotWheel.Member member, long nowNanos) {
        try {
            member.tick(nowNanos);
        } catch (Throwable fault) {
            note(fault);
        }
    }

    private void note(Throwable fault) {
        faults.increment();
        long now = System.nanoTime();
        if (now - loggedNanos > LOG_EVERY_NANOS) {
            loggedNanos = now;
            LOG.error("a media shard met a fault and goes on", fault);
        }
    }
}
