package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import java.net.InetSocketAddress;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;

/// A request from the wire, with its transaction and the connection on which answers go back.
///
/// @param transaction null for ACK, and for what is answered without one
public record Incoming(
        SIPRequest request,
        @Nullable ServerTransaction transaction,
        InetSocketAddress source,
        String transport,
        @Nullable MessageChannel channel) {
    String method() {
        return request.getMethod();
    }

    String callId() {
        return request.getCallId().getCallId();
    }

    /// Empty when there is none.
    String fromTag() {
        var tag = request.getFromTag();
        return tag == null ? "" : tag;
    }

    /// Empty outside a dialog.
    String toTag() {
        var tag = request.getToTag();
        return tag == null ? "" : tag;
    }

    long cseq() {
        return request.getCSeq().getSeqNumber();
    }

    /// What makes an INVITE the same one; its CANCEL has it too.
    String inviteKey() {
        return callId() + "|" + fromTag() + "|" + cseq();
    }

    String branch() {
        var branch = request.getTopmostVia().getBranch();
        return branch == null ? "" : branch;
    }
}
