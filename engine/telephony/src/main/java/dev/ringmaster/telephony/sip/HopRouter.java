package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.message.MessageExt;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/// Sends each request where the one who made it said: the stack itself would look names up and wait.
public final class HopRouter implements Router {
    /// As the stack demands it.
    public HopRouter(SipStack stack, String outboundProxy) {}

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (((MessageExt) request).getApplicationData() instanceof Hop hop) {
            return hop;
        }
        throw new SipException("a request without a next hop");
    }

    @Override
    public Hop getOutboundProxy() {
        throw new UnsupportedOperationException("there is none");
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still demands it
    public ListIterator<Hop> getNextHops(Request request) {
        return Collections.emptyListIterator();
    }
}
