package dev.ringmaster.telephony.sip;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.Codec;
import dev.ringmaster.telephony.base.EdgeLoop;
import dev.ringmaster.telephony.sdp.LocalAudio;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// One party on a SIP trunk: the dialog, the sound, and where its signalling stands. Touched on the edge's loop only.
public final class SipLeg {
    private enum Stage {
        /// Their INVITE is not answered.
        ASKED,
        /// Our 200 is not acknowledged.
        ANSWERED,
        /// Our INVITE is not answered.
        CALLING,
        ESTABLISHED,
        /// Our BYE is not answered.
        CLOSING,
        ENDED
    }

    /// ACKs kept for 2xx that are repeated; older ones are no longer repeated by anybody.
    private static final int MAX_ACKS = 8;

    private final Surroundings around;
    private final String legId;
    private final String trunkId;
    private final DialogState dialog;
    private final LegAudio audio;
    private final Renegotiation renegotiation;
    private final SessionTimer timer;
    private final KeySender keys;
    private final LegRequests requests;
    private final Map<String, SIPRequest> acks = new LinkedHashMap<>();
    private @Nullable InboundInvite inbound;
    private @Nullable OutboundInvite outbound;
    private @Nullable String callId;
    private EdgeLoop.Timer unplanned = EdgeLoop.Timer.NONE;
    private Stage stage;
    private boolean peerTakesUpdate;

    private SipLeg(
            Surroundings around, String legId, LineSettings line, DialogState dialog, LocalAudio local, Stage stage) {
        this.around = around;
        this.legId = legId;
        trunkId = line.trunkId();
        this.dialog = dialog;
        this.stage = stage;
        audio = new LegAudio(around, legId, line.codecs(), local, this::fact);
        renegotiation = new Renegotiation(this, around);
        timer = new SessionTimer(around, renegotiation::refresh, () -> {
            around.counters().add("sip_sessions_expired");
            byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
        });
        keys = new KeySender(this, around, line.keysByInfo());
        requests = new LegRequests(this, around);
    }

    /// What a leg takes from its trunk.
    record LineSettings(String trunkId, List<Codec> codecs, boolean keysByInfo) {}

    static SipLeg inbound(
            Surroundings around, String legId, LineSettings line, Incoming invite, Optional<String> offer) {
        var leg = new SipLeg(
                around, legId, line, DialogState.of(invite), LocalAudio.begin(Headers.number()), Stage.ASKED);
        leg.inbound = new InboundInvite(leg, around, invite, offer);
        leg.peerAllows(invite.request());
        return leg;
    }

    static SipLeg outbound(
            Surroundings around,
            String legId,
            String callId,
            LineSettings line,
            String peer,
            CallPlan.Signal.Invite wish) {
        var target = uriOf(wish.to(), peer);
        var dialog = DialogState.calling(
                Headers.token() + Headers.token(),
                "<" + uriOf(wish.callerId(), around.wire().advertised()) + ">",
                "<" + target + ">",
                target,
                peer);
        var leg = new SipLeg(around, legId, line, dialog, LocalAudio.begin(Headers.number()), Stage.CALLING);
        leg.callId = callId;
        leg.outbound = new OutboundInvite(leg, around, wish.callerId(), wish.ringFor());
        return leg;
    }

    static SipLeg rebuilt(Surroundings around, String legId, String callId, LineSettings line, SipDialog journaled) {
        var leg = new SipLeg(
                around,
                legId,
                line,
                DialogState.rebuilt(journaled),
                LocalAudio.after(journaled.localSdp(), Headers.number()),
                Stage.ESTABLISHED);
        leg.callId = callId;
        return leg;
    }

    /// `sip:number@host:port`, everything that is not a plain character escaped.
    static String uriOf(PhoneNumber number, String hostAndPort) {
        var user = new StringBuilder();
        number.value().chars().forEach(c -> {
            if (c < 128 && (Character.isLetterOrDigit(c) || "-_.!~*'()&=+$,;?/".indexOf(c) >= 0)) {
                user.append((char) c);
            } else if (c < 128) {
                user.append("%%%02X".formatted(c));
            }
        });
        return "sip:" + user + "@" + hostAndPort;
    }

    public String legId() {
        return legId;
    }

    /// The line it runs over, empty when that is not known any more.
    public String trunkId() {
        return trunkId;
    }

    /// The call it belongs to, once a plan has said so.
    public Optional<String> callId() {
        return Optional.ofNullable(callId);
    }

    public void belongsTo(String call) {
        callId = call;
        unplanned.cancel();
    }

    /// What ends it when no plan comes; called off then, or it would hold the leg long after its end.
    void unplanned(EdgeLoop.Timer timer) {
        unplanned = timer;
    }

    public boolean isEnded() {
        return stage == Stage.ENDED;
    }

    public boolean isEstablished() {
        return stage == Stage.ESTABLISHED;
    }

    /// Of the INVITE by which it came in.
    Optional<String> inviteKey() {
        return Optional.ofNullable(inbound).map(invite -> invite.request().inviteKey());
    }

    /// Who calls, from P-Asserted-Identity (the trunk is trusted), else From.
    public PhoneNumber caller() {
        return Caller.number(invite());
    }

    public Optional<String> callerName() {
        return Caller.name(invite());
    }

    public PhoneNumber called() {
        return Caller.called(invite());
    }

    private SIPRequest invite() {
        if (inbound == null) {
            throw new IllegalStateException("leg " + legId + " is not inbound");
        }
        return inbound.request().request();
    }

    public SipDialog dialogValue() {
        return dialog.value(
                audio.localSdp(),
                audio.remoteSdp(),
                audio.localPort(),
                stage == Stage.ASKED
                        ? Optional.of(String.join("\n", Headers.values(invite(), "Via")))
                        : Optional.empty());
    }

    // What the plan asks for; each may be asked again at any time.

    public void ring() {
        if (inbound != null && stage == Stage.ASKED) {
            inbound.ring();
        }
    }

    public void answer() {
        if (inbound != null && stage == Stage.ASKED) {
            inbound.answer();
            if (inbound.isFinal() && stage == Stage.ASKED) {
                stage = Stage.ANSWERED;
            }
        }
    }

    public void refuse(int status, String reason, int retryAfterS, LegEnd end) {
        if (inbound != null && stage == Stage.ASKED) {
            inbound.refuse(status, reason, retryAfterS);
            end(end);
        }
    }

    public void hears(AudioPlan plan) {
        audio.apply(plan);
    }

    public void send(List<CallPlan.Digits> digits) {
        if (isEstablished()) {
            keys.send(digits);
        }
    }

    /// Sends the INVITE of an outbound leg; `false` when no media port is free.
    boolean call() {
        if (outbound == null || !openAudio()) {
            return false;
        }
        outbound.send();
        return true;
    }

    /// Re-INVITE with new media; what the other edge has sent already is not sent again.
    public boolean takeOver(List<CallPlan.Digits> sent) {
        keys.forget(sent);
        if (!openAudio()) {
            return false;
        }
        renegotiation.takeOver();
        return true;
    }

    /// Ends an INVITE that another edge took and perhaps had not answered when it died. The final answer
    /// ends it; the BYE ends the dialog if a 200 was out already. The peer ignores the one too many
    /// (RFC 3261 §17.1.1 and §15.1.2).
    public void closeUnanswered(String inviteVia) {
        around.wire().sendLate(dialog.lateAnswer(Response.SERVICE_UNAVAILABLE, inviteVia), dialog.transport());
        bye(new LegEnd(LegEnd.How.CLOSED, 0, 0));
    }

    /// BYE, CANCEL or refusal, whatever fits.
    public void close() {
        var closed = new LegEnd(LegEnd.How.CLOSED, 0, 0);
        switch (stage) {
            case ASKED -> refuse(Response.TEMPORARILY_UNAVAILABLE, "", 0, closed);
            case ANSWERED -> {
                audio.close();
                if (inbound == null || !inbound.closesWhenAcked()) {
                    bye(closed);
                }
            }
            case CALLING -> {
                audio.close();
                if (outbound != null) {
                    outbound.cancel(closed);
                }
            }
            case ESTABLISHED -> bye(closed);
            case CLOSING, ENDED -> {}
        }
    }

    /// Lets go without a word on the wire: the dialog has moved to another edge.
    public void drop() {
        stage = Stage.ENDED;
        stopAll();
        audio.settle(() -> {});
    }

    // What its parts tell.

    DialogState dialog() {
        return dialog;
    }

    LegAudio audio() {
        return audio;
    }

    SessionTimer timer() {
        return timer;
    }

    boolean openAudio() {
        return audio.open(callId == null ? legId : callId);
    }

    void fact(LegFact fact) {
        around.events().fact(this, fact);
    }

    void peerAllows(SIPMessage message) {
        peerTakesUpdate = Headers.lists(message, "Allow", "UPDATE");
    }

    boolean peerTakesUpdate() {
        return peerTakesUpdate;
    }

    void established() {
        stage = Stage.ESTABLISHED;
        fact(new LegFact.Established(dialogValue()));
    }

    /// BYE; the leg has ended when it is answered or given up.
    void bye(LegEnd end) {
        stage = Stage.CLOSING;
        stopAll();
        sendBye(() -> end(end));
    }

    /// BYE, but the leg has ended at once: nobody waits for the answer.
    void byeAndEnd(LegEnd end) {
        if (stage != Stage.ENDED && stage != Stage.CLOSING) {
            byeToLateAnswer(end);
        }
    }

    /// An answer that came after we had given up: BYE, also if the leg has ended long ago.
    void byeToLateAnswer(LegEnd end) {
        sendBye(() -> {});
        end(end);
    }

    private void sendBye(Runnable done) {
        var bye = dialog.request(Request.BYE, around.wire(), around.hops());
        Headers.set(bye, "Reason", "Q.850;cause=16");
        around.wire().send(bye, dialog.transport(), new Answers() {
            @Override
            public void response(SIPResponse response) {
                if (response.getStatusCode() >= 200) {
                    done.run();
                }
            }

            @Override
            public void lost() {
                done.run();
            }
        });
    }

    void end(LegEnd how) {
        if (stage == Stage.ENDED) {
            return;
        }
        stage = Stage.ENDED;
        stopAll();
        audio.settle(() -> around.events().ended(this, how));
    }

    private void stopAll() {
        unplanned.cancel();
        timer.stop();
        renegotiation.stop();
        if (inbound != null) {
            inbound.stopRepeating();
        }
        audio.close();
    }

    void acknowledge(long cseq, String remoteTag) {
        var ack = dialog.ack(cseq, around.wire(), around.hops());
        if (acks.size() >= MAX_ACKS) {
            acks.remove(acks.keySet().iterator().next());
        }
        acks.put(cseq + " " + remoteTag, ack);
        around.wire().sendAck(ack, dialog.transport());
    }

    /// A 2xx that came again gets its ACK again (RFC 3261 §13.2.2.4).
    ///
    /// @return false when it is new
    boolean acknowledged(SIPResponse response) {
        var tag = response.getToTag() == null ? "" : response.getToTag();
        var ack = acks.get(response.getCSeq().getSeqNumber() + " " + tag);
        if (ack == null || response.getStatusCode() >= 300) {
            return false;
        }
        around.counters().add("sip_success_acknowledged_again");
        around.wire().sendAck((SIPRequest) ack.clone(), dialog.transport());
        return true;
    }

    // What comes from the wire.

    void stray(SIPResponse response) {
        var status = response.getStatusCode();
        if (status < 200 || status >= 300 || !response.getCSeq().getMethod().equals(Request.INVITE)) {
            return;
        }
        if (!acknowledged(response)
                && outbound != null
                && outbound.isFor(response.getCSeq().getSeqNumber())) {
            outbound.success(response);
        }
    }

    boolean isAskedBy(Incoming invite) {
        return inbound != null && inbound.request().branch().equals(invite.branch());
    }

    void repeated(Incoming invite) {
        if (inbound != null) {
            inbound.repeated(invite);
        }
    }

    void cancelled(Incoming cancel) {
        if (inbound != null) {
            inbound.cancel(cancel);
        }
    }

    void acknowledgedBy(Incoming ack) {
        if (stage == Stage.ANSWERED && inbound != null && inbound.ack(ack)) {
            established();
        } else {
            renegotiation.ack(ack);
        }
    }

    /// A request within the dialog.
    void request(Incoming request) {
        requests.take(request);
    }

    Renegotiation renegotiation() {
        return renegotiation;
    }

    Optional<InboundInvite> inboundInvite() {
        return Optional.ofNullable(inbound);
    }

    /// BYE has come and has been answered.
    void hungUp(int q850) {
        if (stage == Stage.ASKED && inbound != null) {
            inbound.refuse(Response.REQUEST_TERMINATED, "", 0);
        }
        var how = stage == Stage.CLOSING ? LegEnd.How.CLOSED : LegEnd.How.REMOTE_HUNG_UP;
        end(new LegEnd(how, 0, q850));
    }

    void reply(Incoming request, int status) {
        around.wire().reply(request, SipWire.response(request, status, "", dialog.localTag()));
    }

    /// How long an INVITE may stay without a plan before it is refused: its engine is not there.
    static final Duration UNPLANNED = Duration.ofSeconds(30);
}
