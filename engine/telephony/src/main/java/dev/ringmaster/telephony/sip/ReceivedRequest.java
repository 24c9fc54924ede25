package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Locale;
import java.util.Optional;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/// A request as [WireParser] reads it: it knows what is wrong with it, and which transaction it belongs to.
final class ReceivedRequest extends SIPRequest {
    private static final long serialVersionUID = 1;
    private static final String COOKIE = "z9hg4bk";

    private transient Screening.@Nullable Fault fault;

    /// What made it unreadable, the first fault found: it is to be answered with that and nothing else.
    Optional<Screening.Fault> fault() {
        return Optional.ofNullable(fault);
    }

    void broken(int status, String reason) {
        if (fault == null) {
            fault = Screening.Fault.of(status, reason);
        }
    }

    /// The stack would take any two requests of one branch for the same: RFC 3261 §17.2.3 asks for the sender and the
    /// method too, and a branch of the cookie alone names nothing.
    @Override
    public String getTransactionId() {
        var id = super.getTransactionId();
        var via = getTopmostVia();
        if (!id.startsWith(COOKIE) || via == null) {
            return id;
        }
        var method = getMethod().equals(Request.ACK) ? Request.INVITE : getMethod();
        var whose = id + "|" + via.getSentBy().encode().toLowerCase(Locale.ROOT) + "|" + method;
        return via.getBranch().length() > COOKIE.length()
                ? whose
                : whose + "|" + getCallId().getCallId() + "|" + getCSeq().getSeqNumber();
    }
}
