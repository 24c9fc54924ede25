package dev.ringmaster.telephony.sip;

import dev.ringmaster.telephony.base.EdgeLoop;
import java.time.Duration;

/// Sends something again until it is acknowledged: after T1, then at doubled distances (RFC 3261 §13.3.1.4, RFC 3262
/// §3),
/// and gives up after 64·T1.
final class Repeater {
    static final Duration T1 = Duration.ofMillis(500);
    static final Duration T2 = Duration.ofSeconds(4);
    static final Duration GIVE_UP = T1.multipliedBy(64);

    private final EdgeLoop loop;
    private final Runnable send;
    private final Duration longest;
    private EdgeLoop.Timer next = EdgeLoop.Timer.NONE;
    private final EdgeLoop.Timer end;

    /// @param longest distance between two repeats
    Repeater(EdgeLoop loop, Duration longest, Runnable send, Runnable giveUp) {
        this.loop = loop;
        this.send = send;
        this.longest = longest;
        end = loop.after(GIVE_UP, () -> {
            stop();
            giveUp.run();
        });
        arm(T1);
    }

    private void arm(Duration distance) {
        next = loop.after(distance, () -> {
            send.run();
            var doubled = distance.multipliedBy(2);
            arm(doubled.compareTo(longest) > 0 ? longest : doubled);
        });
    }

    void stop() {
        next.cancel();
        end.cancel();
    }
}
