package dev.ringmaster.call;

import dev.ringmaster.base.Said;
import java.util.List;
import java.util.Optional;

/// Everything that another edge needs to rebuild a SIP dialog and its media (RFC 3261 §12): journaled with the leg.
///
/// @param localUri our address in To/From with display name but without tag; a personal value, as is `remoteUri`
/// @param localCSeq the last number used; after a takeover it only grows (+100)
/// @param transport UDP or TCP
/// @param peer `host:port` where requests go when the route set is empty
/// @param uac whether we sent the INVITE
/// @param inviteVia Via headers of their INVITE, one a line, while it is unanswered: the way back for
///     a final answer from an edge that never saw it
public record SipDialog(
        String sipCallId,
        String localTag,
        String remoteTag,
        Said localUri,
        Said remoteUri,
        Said remoteTarget,
        List<String> routeSet,
        long localCSeq,
        long remoteCSeq,
        String transport,
        String peer,
        boolean uac,
        String localSdp,
        String remoteSdp,
        int localRtpPort,
        Optional<String> inviteVia) {
    public SipDialog {
        routeSet = List.copyOf(routeSet);
    }
}
