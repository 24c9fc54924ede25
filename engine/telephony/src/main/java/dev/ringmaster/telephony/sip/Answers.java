package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.message.SIPResponse;

/// What comes back for a request of ours; called on the edge's loop.
interface Answers {
    /// Nobody waits for it: the loss of it changes nothing.
    Answers NONE = _ -> {};

    void response(SIPResponse response);

    /// No final response came in time, or the request could not be sent.
    default void lost() {}
}
