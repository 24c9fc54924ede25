package dev.ringmaster.telephony;

import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Stands in for the engine: hears all that the telephone tells, and lets a test wait for it.
final class Desk implements Telephony.Listener {
    record Heard(String callId, String legId, LegFact fact) {}

    final LinkedBlockingQueue<Telephony.InboundLeg> arrivals = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Heard> facts = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> gone = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    final AtomicReference<Consumer<Telephony.InboundLeg>> onArrival = new AtomicReference<>(_ -> {});
    final AtomicReference<Optional<Telephony.TooMuch>> tooMuch = new AtomicReference<>(Optional.empty());
    private final List<Heard> passed = new ArrayList<>();

    @Override
    public Optional<Telephony.TooMuch> refuses(Telephony.Load load) {
        return tooMuch.get();
    }

    @Override
    public void arrived(Telephony.InboundLeg leg) {
        arrivals.add(leg);
        onArrival.get().accept(leg);
    }

    @Override
    public void fact(String callId, String legId, LegFact fact) {
        facts.add(new Heard(callId, legId, fact));
    }

    @Override
    public void legGone(String legId) {
        gone.add(legId);
    }

    @Override
    public void lineUp(String agentId, long fence, LineRef line) {
        lines.add("up " + agentId + " " + fence);
    }

    @Override
    public void lineLost(String agentId, long fence, LineRef line, String reason) {
        lines.add("lost " + agentId + " " + fence + " " + reason);
    }

    Telephony.InboundLeg arrival() {
        return taken(arrivals, Duration.ofSeconds(5)).orElseThrow(() -> new AssertionError("no call arrived"));
    }

    /// The next fact of that kind; others are passed over.
    <T extends LegFact> T fact(Class<T> kind, Duration within) {
        var end = System.nanoTime() + within.toNanos();
        while (true) {
            var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            var next = taken(facts, left)
                    .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " came; passed: " + passed));
            passed.add(next);
            if (kind.isInstance(next.fact())) {
                return kind.cast(next.fact());
            }
        }
    }

    <T extends LegFact> T fact(Class<T> kind) {
        return fact(kind, Duration.ofSeconds(5));
    }

    static <T> Optional<T> taken(LinkedBlockingQueue<T> queue, Duration within) {
        try {
            return Optional.ofNullable(queue.poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted");
        }
    }
}
