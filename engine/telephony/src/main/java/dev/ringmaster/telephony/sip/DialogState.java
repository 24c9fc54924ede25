package dev.ringmaster.telephony.sip;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.SipDialog;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.message.Request;

/// One SIP dialog (RFC 3261 §12): builds the requests within it, knows what numbers have been used. Born from an INVITE
/// or from what was journaled of one; the same code before and after a takeover.
final class DialogState {
    /// How far CSeq jumps after a takeover: more requests than the old edge can have sent since the dialog was
    /// journaled.
    private static final int TAKEOVER_STEP = 100;

    private final String callId;
    private final String localTag;
    private String remoteTag;
    private final String localUri;
    private String remoteUri;
    private String remoteTarget;
    private List<String> routeSet;
    private long localCSeq;
    private long remoteCSeq;
    private final String transport;
    private String peer;
    private final boolean uac;

    private DialogState(
            String callId,
            String localTag,
            String remoteTag,
            String localUri,
            String remoteUri,
            String remoteTarget,
            List<String> routeSet,
            long localCSeq,
            long remoteCSeq,
            String transport,
            String peer,
            boolean uac) {
        this.callId = callId;
        this.localTag = localTag;
        this.remoteTag = remoteTag;
        this.localUri = localUri;
        this.remoteUri = remoteUri;
        this.remoteTarget = remoteTarget;
        this.routeSet = routeSet;
        this.localCSeq = localCSeq;
        this.remoteCSeq = remoteCSeq;
        this.transport = transport;
        this.peer = peer;
        this.uac = uac;
    }

    /// Of an INVITE that came in; the caller has checked that it has a Contact.
    static DialogState of(Incoming invite) {
        var request = invite.request();
        return new DialogState(
                invite.callId(),
                Headers.token(),
                invite.fromTag(),
                request.getTo().getAddress().toString(),
                request.getFrom().getAddress().toString(),
                contactOf(request).orElseThrow().toString(),
                Headers.values(request, "Record-Route"),
                0,
                invite.cseq(),
                invite.transport(),
                invite.source().getAddress().getHostAddress() + ":"
                        + invite.source().getPort(),
                false);
    }

    /// Of an INVITE that we are about to send.
    static DialogState calling(String callId, String localUri, String remoteUri, String target, String peer) {
        return new DialogState(
                callId, Headers.token(), "", localUri, remoteUri, target, List.of(), 0, 0, "udp", peer, true);
    }

    static DialogState rebuilt(SipDialog journaled) {
        return new DialogState(
                journaled.sipCallId(),
                journaled.localTag(),
                journaled.remoteTag(),
                journaled.localUri().value(),
                journaled.remoteUri().value(),
                journaled.remoteTarget().value(),
                journaled.routeSet(),
                journaled.localCSeq() + TAKEOVER_STEP,
                journaled.remoteCSeq(),
                SipWire.transport(journaled.transport()),
                journaled.peer(),
                journaled.uac());
    }

    /// What is journaled of it.
    SipDialog value(String localSdp, String remoteSdp, int localRtpPort, Optional<String> inviteVia) {
        return new SipDialog(
                callId,
                localTag,
                remoteTag,
                new Said(localUri),
                new Said(remoteUri),
                new Said(remoteTarget),
                routeSet,
                localCSeq,
                remoteCSeq,
                transport.toUpperCase(java.util.Locale.ROOT),
                peer,
                uac,
                localSdp,
                remoteSdp,
                localRtpPort,
                inviteVia);
    }

    /// A final answer to their INVITE by an edge that never saw it.
    ///
    /// @param via as journaled, one header a line
    SIPResponse lateAnswer(int status, String via) {
        var response = new SIPResponse();
        Headers.made(() -> {
            response.setStatusCode(status);
            response.setReasonPhrase(SIPResponse.getReasonPhrase(status));
            return true;
        });
        via.lines().forEach(one -> Headers.add(response, "Via", one));
        Headers.set(response, "From", remoteUri + (remoteTag.isEmpty() ? "" : ";tag=" + remoteTag));
        Headers.set(response, "To", localUri + ";tag=" + localTag);
        Headers.set(response, "Call-ID", callId);
        Headers.set(response, "CSeq", remoteCSeq + " INVITE");
        return response;
    }

    /// Another branch of a forked INVITE: the same caller, another callee.
    DialogState fork(SIPResponse from) {
        var other = new DialogState(
                callId, localTag, "", localUri, remoteUri, remoteTarget, List.of(), localCSeq, 0, transport, peer, uac);
        other.confirmed(from);
        return other;
    }

    /// A response to our INVITE that makes (or completes) the dialog: its tag, target and route.
    void confirmed(SIPResponse response) {
        remoteTag = response.getToTag() == null ? "" : response.getToTag();
        remoteUri = response.getTo().getAddress().toString();
        var routes = new ArrayList<>(Headers.values(response, "Record-Route"));
        Collections.reverse(routes);
        routeSet = List.copyOf(routes);
        refreshTarget(response);
    }

    /// A target refresh (re-INVITE, UPDATE, and 2xx to them).
    void refreshTarget(SIPMessage message) {
        contactOf(message).ifPresent(uri -> remoteTarget = uri.toString());
    }

    static Optional<URI> contactOf(SIPMessage message) {
        return message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                        && !contact.isWildCard()
                        && contact.getAddress() != null
                        && contact.getAddress().getURI() != null
                ? Optional.of(contact.getAddress().getURI())
                : Optional.empty();
    }

    /// Takes the number of a request that came in.
    ///
    /// @return false when it is older than one we have seen: 500 (RFC 3261 §12.2.2)
    boolean advances(long cseq) {
        if (cseq <= remoteCSeq) {
            return false;
        }
        remoteCSeq = cseq;
        return true;
    }

    boolean matches(Incoming request) {
        return request.callId().equals(callId)
                && request.toTag().equals(localTag)
                && request.fromTag().equals(remoteTag);
    }

    /// A new request within the dialog, with the next number.
    SIPRequest request(String method, SipWire wire, Hops hops) {
        localCSeq++;
        return build(method, localCSeq, wire, hops);
    }

    /// The ACK of a 2xx carries the number of its INVITE.
    SIPRequest ack(long cseq, SipWire wire, Hops hops) {
        return build(Request.ACK, cseq, wire, hops);
    }

    private SIPRequest build(String method, long cseq, SipWire wire, Hops hops) {
        var target = Headers.uri(remoteTarget);
        var routes = routeSet.stream().map(Headers::address).toList();
        var loose = routes.isEmpty() || !(routes.getFirst().getURI() instanceof SipURI first) || first.hasLrParam();
        var request = new SIPRequest();
        request.setMethod(method);
        request.setRequestURI(loose ? target : routes.getFirst().getURI());
        Headers.set(request, "Via", wire.newVia(transport));
        Headers.set(request, "From", localUri + ";tag=" + localTag);
        Headers.set(request, "To", remoteUri + (remoteTag.isEmpty() ? "" : ";tag=" + remoteTag));
        Headers.set(request, "Call-ID", callId);
        Headers.set(request, "CSeq", cseq + " " + method);
        Headers.set(request, "Max-Forwards", "70");
        if (!method.equals(Request.BYE)) {
            Headers.set(request, "Contact", wire.contact(transport));
        }
        var listed = new ArrayList<>(routeSet);
        if (!loose) { // a strict router: it is the request URI, and the target comes last (RFC 3261 §12.2.1.1)
            listed.removeFirst();
            listed.add("<" + remoteTarget + ">");
        }
        listed.forEach(route -> Headers.add(request, "Route", route));
        var next = routes.isEmpty() ? target : routes.getFirst().getURI();
        hops.of(next, peer, transport).ifPresent(request::setApplicationData);
        return request;
    }

    String callId() {
        return callId;
    }

    String localTag() {
        return localTag;
    }

    String remoteTag() {
        return remoteTag;
    }

    String transport() {
        return transport;
    }

    String remoteTarget() {
        return remoteTarget;
    }

    boolean uac() {
        return uac;
    }

    long localCSeq() {
        return localCSeq;
    }

    String peerHost() {
        return Hops.hostOf(peer);
    }
}
