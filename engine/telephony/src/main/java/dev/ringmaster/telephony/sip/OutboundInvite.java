package dev.ringmaster.telephony.sip;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.telephony.base.EdgeLoop;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// The one INVITE of an outbound leg: progress, early sound, forks, the ring time, and the race of CANCEL with 200.
final class OutboundInvite implements Answers {
    /// After CANCEL a peer has this long to answer the INVITE; then the leg has ended whatever it does.
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(5);

    /// Callees of a forked INVITE that we follow; more is nobody's honest network.
    private static final int MAX_FORKS = 10;

    private final SipLeg leg;
    private final Surroundings around;
    private final PhoneNumber callerId;
    private final Duration ringFor;
    private final Map<String, Long> reliableSeen = new HashMap<>();
    private EdgeLoop.Timer ringTime = EdgeLoop.Timer.NONE;
    private SipWire.@Nullable Sent sent;
    private @Nullable LegEnd afterCancel;
    private Duration minInterval;
    private int lastProgress;
    private boolean lastEarly;
    private boolean provisional;
    private boolean cancelled;
    private boolean over;
    private long cseq;

    OutboundInvite(SipLeg leg, Surroundings around, PhoneNumber callerId, Duration ringFor) {
        this.leg = leg;
        this.around = around;
        this.callerId = callerId;
        this.ringFor = ringFor;
        minInterval = around.config().minSessionInterval();
    }

    void send() {
        invite();
        ringTime = around.loop().after(ringFor, () -> {
            around.counters().add("sip_ring_timeouts");
            cancel(new LegEnd(provisional ? LegEnd.How.RING_TIMEOUT : LegEnd.How.SIGNALLING_LOST, 0, 0));
        });
    }

    private void invite() {
        var invite = leg.dialog().request(Request.INVITE, around.wire(), around.hops());
        cseq = leg.dialog().localCSeq();
        Headers.allow(invite);
        Headers.supported(invite);
        Headers.set(
                invite,
                "P-Asserted-Identity",
                "<" + SipLeg.uriOf(callerId, around.wire().advertised()) + ">");
        leg.timer().ask(invite, minInterval, true);
        Headers.body(invite, "application", "sdp", leg.audio().offer());
        sent = around.wire().send(invite, leg.dialog().transport(), this);
    }

    @Override
    public void response(SIPResponse response) {
        var status = response.getStatusCode();
        if (status < 200) {
            progress(response);
        } else if (status < 300) {
            success(response);
        } else {
            failure(response);
        }
    }

    private void progress(SIPResponse response) {
        provisional = true;
        if (over) {
            return;
        }
        if (afterCancel != null) {
            sendCancel(); // it was wished before anything had come
            return;
        }
        var status = response.getStatusCode();
        if (status == Response.TRYING) {
            return;
        }
        acknowledgeReliable(response);
        var early = Headers.sdp(response).map(leg.audio()::accept).orElse(false);
        if (status != lastProgress || early != lastEarly) {
            lastProgress = status;
            lastEarly = early;
            leg.fact(new LegFact.Progress(status, early));
        }
    }

    /// PRACK, once for each number of each callee (RFC 3262 §4).
    private void acknowledgeReliable(SIPResponse response) {
        var rseq = Headers.value(response, "RSeq")
                .filter(v -> v.matches("[0-9]{1,10}"))
                .map(Long::parseLong);
        var tag = response.getToTag();
        if (!Headers.lists(response, "Require", "100rel") || rseq.isEmpty() || tag == null) {
            return;
        }
        if (!reliableSeen.containsKey(tag) && reliableSeen.size() >= MAX_FORKS) {
            return;
        }
        if (reliableSeen.getOrDefault(tag, 0L) >= rseq.get()) {
            return;
        }
        reliableSeen.put(tag, rseq.get());
        leg.dialog().confirmed(response);
        var prack = leg.dialog().request(Request.PRACK, around.wire(), around.hops());
        Headers.set(prack, "RAck", rseq.get() + " " + cseq + " INVITE");
        around.wire().send(prack, leg.dialog().transport(), Answers.NONE);
    }

    /// A 2xx: the first one is the call; one of another callee, or one after we gave up, is acknowledged and ended.
    void success(SIPResponse response) {
        var tag = response.getToTag() == null ? "" : response.getToTag();
        if (leg.acknowledged(response)) {
            return;
        }
        if (over) {
            dismiss(response);
            return;
        }
        over = true;
        ringTime.cancel();
        leg.dialog().confirmed(response);
        leg.acknowledge(cseq, tag);
        var usable = Headers.sdp(response).map(leg.audio()::accept).orElse(lastEarly);
        if (afterCancel != null) {
            around.counters().add("sip_cancel_glare");
            leg.byeToLateAnswer(afterCancel);
        } else if (!usable) {
            leg.byeAndEnd(new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
        } else {
            leg.timer().onResponse(response);
            leg.peerAllows(response);
            leg.established();
        }
    }

    private void dismiss(SIPResponse response) {
        around.counters().add("sip_extra_forks_ended");
        var fork = leg.dialog().fork(response);
        around.wire().sendAck(fork.ack(cseq, around.wire(), around.hops()), fork.transport());
        var bye = fork.request(Request.BYE, around.wire(), around.hops());
        around.wire().send(bye, fork.transport(), Answers.NONE);
    }

    private void failure(SIPResponse response) {
        if (over) {
            return;
        }
        var status = response.getStatusCode();
        var longer = Headers.seconds(response, "Min-SE", "Min-SE").map(Duration::ofSeconds);
        if (status == 422
                && afterCancel == null
                && longer.filter(m -> m.compareTo(minInterval) > 0).isPresent()) {
            minInterval =
                    longer.orElseThrow(); // the session interval was too short: the same call, asked again (RFC 4028
            // §7.3)
            invite();
            return;
        }
        over = true;
        ringTime.cancel();
        leg.end(afterCancel != null ? afterCancel : new LegEnd(LegEnd.How.REFUSED, status, Headers.q850(response)));
    }

    @Override
    public void lost() {
        if (over) {
            return;
        }
        over = true;
        ringTime.cancel();
        leg.end(afterCancel != null ? afterCancel : new LegEnd(LegEnd.How.SIGNALLING_LOST, 0, 0));
    }

    /// Gives up. Before a provisional response nothing can be cancelled: the leg ends, and what comes late is cancelled
    /// or ended then.
    void cancel(LegEnd end) {
        if (over || afterCancel != null) {
            return;
        }
        afterCancel = end;
        ringTime.cancel();
        if (!provisional) {
            leg.end(end);
            return;
        }
        sendCancel();
        around.loop().after(AFTER_CANCEL, () -> leg.end(end));
    }

    private void sendCancel() {
        if (!cancelled && sent != null) {
            cancelled = true;
            sent.cancel(leg.dialog().transport());
        }
    }

    /// Whether a 2xx belongs to this INVITE.
    boolean isFor(long number) {
        return number == cseq;
    }
}
