package dev.ringmaster.telephony.sip;

import dev.ringmaster.port.Telephony;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The INVITEs refused for lack of room a moment ago. A copy of one that was under way gets the same answer: let in, it
/// would become a call whose caller has already turned to somebody else. From any thread.
final class Refusals {
    /// As long as copies of one INVITE come, at least (64 T1 is for those who hear no answer at all; ours goes out).
    private static final long PERIOD_NANOS = 5_000_000_000L;

    /// Of one period; beyond it copies are decided anew.
    private static final int MAX = 50_000;

    private volatile Map<String, Telephony.TooMuch> now = new ConcurrentHashMap<>();
    private volatile Map<String, Telephony.TooMuch> before = Map.of();
    private long turned = System.nanoTime();

    Optional<Telephony.TooMuch> of(String transaction) {
        var known = now.get(transaction);
        return Optional.ofNullable(known == null ? before.get(transaction) : known);
    }

    void remember(String transaction, Telephony.TooMuch why) {
        turn();
        if (now.size() < MAX) {
            now.putIfAbsent(transaction, why);
        }
    }

    private synchronized void turn() {
        if (System.nanoTime() - turned > PERIOD_NANOS) {
            turned = System.nanoTime();
            before = now;
            now = new ConcurrentHashMap<>();
        }
    }
}
