package dev.ringmaster.media.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// All voices of this process on one thread: 20 slots of 1 ms, each voice speaks in one of them; between them it reads
/// what has come, so that reading costs few turns.
final class Voices {
    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 1_000_000;

    final Figures figures = new Figures();
    private final Selector selector;
    private final List<List<Voice>> slots = new ArrayList<>();
    private final List<Voice> all = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final byte[] in = new byte[2_048];
    private final ByteBuffer inBuffer = ByteBuffer.wrap(in);
    private final byte[] out = new byte[2_048];
    private final ByteBuffer outBuffer = ByteBuffer.wrap(out);
    private long late;

    Voices() throws IOException {
        selector = Selector.open();
        for (var i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
        Thread.ofPlatform().name("voices").daemon().start(this::run);
    }

    /// From any thread; done when the voice is heard and said.
    CompletableFuture<Voice> add(Voice voice) {
        var added = new CompletableFuture<Voice>();
        commands.add(() -> {
            try {
                voice.channel.register(selector, SelectionKey.OP_READ, voice);
                slots.get(all.size() % SLOTS).add(voice);
                all.add(voice);
                added.complete(voice);
            } catch (IOException e) {
                added.completeExceptionally(e);
            }
        });
        return added;
    }

    /// From any thread: figures begin anew.
    CompletableFuture<Boolean> reset() {
        return asked(() -> {
            figures.reset();
            late = 0;
            all.forEach(Voice::reset);
            return true;
        });
    }

    CompletableFuture<String> report() {
        return asked(() -> {
            var heard = all.stream().mapToLong(Voice::heard).sum();
            var lost = all.stream().mapToLong(Voice::lost).sum();
            var deaf = all.stream().filter(voice -> voice.heard() == 0).count();
            return "voices=%d sent=%d heard=%d (%.3f %%) missing=%d deaf=%d, %s, generator late=%d"
                    .formatted(
                            all.size(),
                            figures.sent,
                            heard,
                            figures.sent == 0 ? 0 : 100.0 * heard / figures.sent,
                            lost,
                            deaf,
                            figures.times(),
                            late);
        });
    }

    private <T> CompletableFuture<T> asked(java.util.function.Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        commands.add(() -> answer.complete(question.get()));
        return answer;
    }

    private void run() {
        var base = System.nanoTime();
        for (long slot = 0; ; slot++) {
            var due = base + slot * SLOT_NANOS;
            for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            var now = System.nanoTime();
            if (now - due > 5 * SLOT_NANOS) {
                late++;
            }
            for (var command = commands.poll(); command != null; command = commands.poll()) {
                command.run();
            }
            try {
                read();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            for (var voice : slots.get((int) (slot % SLOTS))) {
                voice.tick(out, outBuffer, now);
            }
        }
    }

    private void read() throws IOException {
        var _ = selector.selectNow(key -> {
            var voice = (Voice) key.attachment();
            try {
                while (true) {
                    inBuffer.clear();
                    if (voice.channel.receive(inBuffer) == null) {
                        return;
                    }
                    voice.datagram(in, inBuffer.position(), System.nanoTime());
                }
            } catch (IOException _) {
                // nobody there at the moment
            }
        });
    }
}
