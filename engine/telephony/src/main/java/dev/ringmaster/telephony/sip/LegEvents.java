package dev.ringmaster.telephony.sip;

import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.port.Telephony;
import java.time.Duration;
import java.util.Optional;

/// What legs tell the edge; on its loop.
public interface LegEvents {
    /// Why no new call is taken now; asked on the stack's threads.
    Optional<Telephony.TooMuch> refuses(Telephony.Load load);

    /// An INVITE that may become a call; 100 has been sent.
    ///
    /// @param held for how long it has been here
    void arrived(SipLeg leg, Duration held);

    void fact(SipLeg leg, LegFact fact);

    /// Told once, right after the sum of its quality; sealed recordings may follow as facts.
    void ended(SipLeg leg, LegEnd end);
}
