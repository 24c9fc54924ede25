package dev.ringmaster.http.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down guessing from one address over many accounts (a single account locks by itself,
/// ADM-005): so many failures a minute, then
/// no more tries until the minute is over.
final class LoginThrottle {
    /// A whole team behind one address mistypes less often.
    static final int FAILURES_A_MINUTE = 30;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    private record Window(Instant start, int failures) {}

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean allows(String address) {
        var window = windows.get(address);
        return window == null
                || window.failures() < FAILURES_A_MINUTE
                || !clock.instant().isBefore(window.start().plus(WINDOW));
    }

    synchronized void failed(String address) {
        var now = clock.instant();
        windows.entrySet()
                .removeIf(entry -> !now.isBefore(entry.getValue().start().plus(WINDOW)));
        if (windows.size() >= MAX_ADDRESSES) {
            windows.remove(windows.keySet().iterator().next());
        }
        windows.merge(address, new Window(now, 1), (old, _) -> new Window(old.start(), old.failures() + 1));
    }
}
