package dev.ringmaster.call;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// One party's SIP leg as the call knows it.
///
/// @param edge the incarnation that holds it
/// @param dialog what another edge needs to say BYE or take it over; inbound from the start, outbound once answered
/// @param seenTo every fact up to this number is known
/// @param seenAhead facts above it that are known: they came out of order
public record Leg(
        String legId,
        String edge,
        Optional<SipDialog> dialog,
        boolean established,
        boolean ended,
        long seenTo,
        SortedSet<Long> seenAhead) {
    /// Bound of `seenAhead`: an edge repeats what is not confirmed each second, so older gaps are numbers never given.
    static final int MAX_AHEAD = 32;

    public Leg {
        seenAhead = new TreeSet<>(seenAhead);
    }

    static Leg of(String legId, String edge, Optional<SipDialog> dialog) {
        return new Leg(legId, edge, dialog, false, false, 0, new TreeSet<>());
    }

    boolean knows(long fact) {
        return fact <= seenTo || seenAhead.contains(fact);
    }

    Leg saw(long fact) {
        if (fact <= 0 || knows(fact)) {
            return this;
        }
        var ahead = new TreeSet<>(seenAhead);
        ahead.add(fact);
        var to = ahead.size() > MAX_AHEAD ? ahead.first() : seenTo;
        ahead.headSet(to + 1).clear();
        while (ahead.remove(to + 1)) {
            to++;
        }
        return new Leg(legId, edge, dialog, established, ended, to, ahead);
    }

    Leg establishedBy(SipDialog by) {
        return new Leg(legId, edge, Optional.of(by), true, ended, seenTo, seenAhead);
    }

    Leg over() {
        return new Leg(legId, edge, dialog, established, true, seenTo, seenAhead);
    }

    Leg on(String otherEdge) {
        return new Leg(legId, otherEdge, dialog, established, ended, seenTo, seenAhead);
    }
}
