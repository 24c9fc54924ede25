package dev.ringmaster.call;

/// How a leg ended, in the words of the wire.
///
/// @param how what happened
/// @param sipStatus final response to our INVITE, 0 if none
/// @param q850 cause of a Reason header (RFC 3326), 0 if none
public record LegEnd(How how, int sipStatus, int q850) {
    public enum How {
        /// BYE or CANCEL came from the other side.
        REMOTE_HUNG_UP,
        /// The INVITE was refused with `sipStatus`.
        REFUSED,
        /// We ended it as the plan said (BYE, CANCEL or refusal confirmed or given up).
        CLOSED,
        /// The ring time passed; CANCEL was sent.
        RING_TIMEOUT,
        /// No response at all, transport failure, session timer expiry, 2xx never acknowledged.
        SIGNALLING_LOST,
        /// Refused here, before the wire: line at its cap, no trunk, too late.
        LOCALLY_REJECTED,
        /// The edge that held it is gone, or does not hold it any more.
        EDGE_LOST
    }
}
