package dev.ringmaster.telephony.sip;

import dev.ringmaster.telephony.base.EdgeLoop;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The session timer of one leg (RFC 4028): agrees with the peer who refreshes and how often, and ends a session that
/// nobody refreshes. Carriers drop calls without it after 15 minutes.
final class SessionTimer {
    private final Surroundings around;
    private final Runnable refresh;
    private final Runnable expired;
    private EdgeLoop.Timer timer = EdgeLoop.Timer.NONE;
    private @Nullable Duration refreshing;

    /// @param refresh sends a refresh; its success comes back through [#onResponse]
    SessionTimer(Surroundings around, Runnable refresh, Runnable expired) {
        this.around = around;
        this.refresh = refresh;
        this.expired = expired;
    }

    /// Whether the interval a request wishes is below ours: 422 with Min-SE.
    static boolean tooShort(SIPRequest request, Duration min) {
        return Headers.lists(request, "Supported", "timer")
                && Headers.seconds(request, "Session-Expires", "x")
                        .filter(wish -> wish < min.toSeconds())
                        .isPresent();
    }

    /// Our wish in an INVITE or a refresh. While a session runs its interval and roles are kept.
    void ask(SIPRequest request, Duration min, boolean first) {
        var interval = refreshing == null ? longer(around.config().sessionInterval(), min) : refreshing;
        Headers.set(request, "Session-Expires", interval.toSeconds() + (first ? "" : ";refresher=uac"));
        Headers.set(request, "Min-SE", String.valueOf(min.toSeconds()));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    /// The peer's INVITE, re-INVITE or UPDATE is answered 2xx: decides, writes it into the answer, and starts to count.
    void onRequest(SIPRequest request, SIPResponse ok) {
        var supported = Headers.lists(request, "Supported", "timer");
        var ours = around.config().sessionInterval().toSeconds();
        var least = Headers.seconds(request, "Min-SE", "Min-SE").orElse(90);
        var wish = Headers.seconds(request, "Session-Expires", "x");
        var seconds = Math.max(
                wish.map(w -> Math.min(w, ours)).orElse(ours), wish.isPresent() ? Math.min(least, wish.get()) : least);
        var asked = Headers.value(request, "Session-Expires")
                .flatMap(value -> Headers.parameter(value, "refresher"))
                .map(value -> value.toLowerCase(Locale.ROOT));
        var theyRefresh = supported && asked.filter("uac"::equals).isPresent();
        Headers.set(ok, "Session-Expires", seconds + ";refresher=" + (theyRefresh ? "uac" : "uas"));
        if (theyRefresh) {
            Headers.set(ok, "Require", "timer");
        }
        begin(Duration.ofSeconds(seconds), !theyRefresh);
    }

    /// A 2xx to our INVITE, re-INVITE or UPDATE.
    void onResponse(SIPResponse ok) {
        var interval = Headers.seconds(ok, "Session-Expires", "x");
        if (interval.isPresent() && interval.get() > 0) {
            var weRefresh = Headers.value(ok, "Session-Expires")
                    .flatMap(value -> Headers.parameter(value, "refresher"))
                    .filter("uas"::equalsIgnoreCase)
                    .isEmpty();
            begin(Duration.ofSeconds(interval.get()), weRefresh);
        } else if (refreshing != null) {
            begin(refreshing, true); // a peer without timers: our refreshes still show whether it is alive
        } else {
            stop();
        }
    }

    private void begin(Duration interval, boolean weRefresh) {
        timer.cancel();
        refreshing = weRefresh ? interval : null;
        if (weRefresh) {
            timer = around.loop().after(interval.dividedBy(2), refresh);
        } else {
            var third = interval.dividedBy(3);
            var early = third.compareTo(Duration.ofSeconds(32)) < 0 ? third : Duration.ofSeconds(32);
            timer = around.loop().after(interval.minus(early), expired);
        }
    }

    void stop() {
        timer.cancel();
        refreshing = null;
    }
}
