package dev.ringmaster.media;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one stream did since its last report.
///
/// @param received packets that came
/// @param lost packets that did not, by their sequence numbers; never negative
/// @param jitter variation of arrival (RFC 3550 §6.4.1)
/// @param sent packets that went out
/// @param roundTrip by RTCP, null when the peer has not reported
/// @param remoteLost the share of our packets that the peer misses by its last report, 0 to 1; null likewise
/// @param refused packets not taken: not RTP, from a stranger, or not authentic
public record Quality(
        long received,
        long lost,
        Duration jitter,
        long sent,
        @Nullable Duration roundTrip,
        @Nullable Double remoteLost,
        long refused) {
    public Optional<Duration> rtt() {
        return Optional.ofNullable(roundTrip);
    }
}
