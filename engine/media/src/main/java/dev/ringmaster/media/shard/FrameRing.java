package dev.ringmaster.media.shard;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A bounded ring of frames between threads: many put in, one takes out, nobody waits and nothing is allocated.
/// Each slot counts the rounds in which it may be filled and emptied (after D. Vyukov's bounded queue).
public final class FrameRing {
    /// The longest frame: 80 ms of G.711.
    public static final int MAX_BYTES = 640;

    /// One frame. What the fields mean is between the two ends.
    public static final class Slot {
        private volatile long turn;
        private long position;

        public @Nullable Object target;
        public @Nullable Object source;
        public int kind;
        public boolean marker;
        public int sequence;
        public int timestamp;
        public int samples;
        public long when;
        public int length;
        public final byte[] bytes = new byte[MAX_BYTES];

        public void fill(byte[] from, int at, int count) {
            System.arraycopy(from, at, bytes, 0, count);
            length = count;
        }
    }

    private final Slot[] slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private volatile long head;

    /// @param capacity a power of two
    public FrameRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("the capacity is no power of two");
        }
        slots = new Slot[capacity];
        mask = capacity - 1;
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot();
            slots[i].turn = i;
        }
    }

    /// A slot to fill and to [#publish], null when the ring is full.
    public @Nullable Slot claim() {
        while (true) {
            long position = tail.get();
            var slot = slots[(int) position & mask];
            long ahead = slot.turn - position;
            if (ahead < 0) {
                return null;
            }
            if (ahead == 0 && tail.compareAndSet(position, position + 1)) {
                slot.position = position;
                return slot;
            }
        }
    }

    public void publish(Slot slot) {
        slot.turn = slot.position + 1;
    }

    public boolean isEmpty() {
        return slots[(int) head & mask].turn != head + 1;
    }

    /// Takes out what is there, at most so many; only one thread may do so.
    public int drain(Consumer<Slot> taker, int most) {
        int taken = 0;
        while (taken < most) {
            long at = head;
            var slot = slots[(int) at & mask];
            if (slot.turn != at + 1) {
                break;
            }
            try {
                taker.accept(slot);
            } finally {
                slot.target = null;
                slot.source = null;
                head = at + 1;
                slot.turn = at + slots.length;
            }
            taken++;
        }
        return taken;
    }
}
