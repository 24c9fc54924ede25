package dev.ringmaster.media.shard;

import java.util.ArrayList;
import java.util.List;

/// A wheel of 20 slots of 1 ms with absolute deadlines: each member is called every 20 ms, members are spread over
/// the slots, and a late slot does not make the next ones late.
final class SlotWheel {
    static final int SLOTS = 20;
    static final long SLOT_NANOS = 1_000_000;
    /// Further behind than this (the machine slept), the missed time is left out instead of being sent in one
    /// burst.
    private static final int MAX_BEHIND_SLOTS = 200;

    /// A member.
    interface Member {
        void tick(long nowNanos);
    }

    private final List<List<Member>> slots = new ArrayList<>();
    private final long base;
    private long next;
    private int members;

    SlotWheel(long nowNanos) {
        base = nowNanos;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /// While nobody was on the wheel no time was missed: it begins anew with the first member.
    void add(Member member, long nowNanos) {
        if (members == 0) {
            next = Math.max(next, (nowNanos - base) / SLOT_NANOS + 1);
        }
        var emptiest = slots.getFirst();
        for (var slot : slots) {
            if (slot.size() < emptiest.size()) {
                emptiest = slot;
            }
        }
        emptiest.add(member);
        members++;
    }

    void remove(Member member) {
        for (var slot : slots) {
            if (slot.remove(member)) {
                members--;
                return;
            }
        }
    }

    /// Nanoseconds until somebody is to be called, or [Long#MAX_VALUE].
    long nanosToNext(long nowNanos) {
        if (members == 0) {
            return Long.MAX_VALUE;
        }
        for (int i = 0; i < SLOTS; i++) {
            if (!slots.get((int) ((next + i) % SLOTS)).isEmpty()) {
                return Math.max(0, deadline(next + i) - nowNanos);
            }
        }
        return Long.MAX_VALUE;
    }

    /// Calls everybody whose time has come.
    void advance(long nowNanos, Lateness lateness, Caller caller) {
        long due = (nowNanos - base) / SLOT_NANOS;
        if (due - next > MAX_BEHIND_SLOTS) {
            lateness.note(nowNanos - deadline(next));
            next = due - SLOTS;
        }
        for (; next <= due; next++) {
            var slot = slots.get((int) (next % SLOTS));
            if (slot.isEmpty()) {
                continue;
            }
            lateness.note(nowNanos - deadline(next));
            for (int i = 0; i < slot.size(); i++) {
                caller.call(slot.get(i), nowNanos);
            }
        }
    }

    /// Calls one member so that its faults stay its own.
    interface Caller {
        void call(Member member, long nowNanos);
    }

    int members() {
        return members;
    }

    private long deadline(long slot) {
        return base + slot * SLOT_NANOS;
    }
}
