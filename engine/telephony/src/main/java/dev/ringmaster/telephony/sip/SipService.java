package dev.ringmaster.telephony.sip;

import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.media.Codec;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.telephony.base.Bounded;
import dev.ringmaster.telephony.base.Counters;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.telephony.base.EdgeLoop;
import dev.ringmaster.telephony.trunk.TrunkBook;
import dev.ringmaster.tenant.Trunk;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// The SIP side of an edge: takes what comes in to the leg it belongs to, makes new legs, and refuses what cannot be
/// one.
public final class SipService implements AutoCloseable {
    /// At 1,000 calls a second a copy may be 20 s late.
    private static final int MAX_PAST = 20_000;

    private static final long LOAD_FRESH_NANOS = 100_000_000;

    private record Measured(long at, Duration lateness) {}

    private final Surroundings around;
    private volatile @Nullable Measured load;
    private final SipWire wire;
    private final TrunkBook trunks;

    /// By our tag, which nobody can guess: within a dialog it names the leg. Asked from the stack's threads too.
    private final Map<String, SipLeg> byTag = new ConcurrentHashMap<>();

    /// By what makes an INVITE the same one: Call-ID, From tag and CSeq. Asked from the stack's threads too.
    private final Map<String, SipLeg> byInvite = new ConcurrentHashMap<>();

    /// INVITEs whose legs have ended: a copy that comes late is no new call.
    private final Bounded<String, Boolean> past = new Bounded<>(MAX_PAST);

    public SipService(
            EdgeConfig config, EdgeLoop loop, Counters counters, TrunkBook trunks, MediaEngine media, LegEvents events)
            throws IOException {
        this.trunks = trunks;
        wire = new SipWire(config, loop, counters, new FromWire());
        around = new Surroundings(config, loop, wire, new Hops(), media, counters, new Forgetting(events));
    }

    public int legs() {
        return byTag.size();
    }

    /// Looks up the names of peers before they are needed.
    public void prepare(List<Trunk> lines) {
        lines.forEach(line -> around.hops().prepare(Hops.hostOf(line.peer())));
    }

    /// Starts an outbound leg.
    ///
    /// @return empty when it was not sent: no such line, the line at its cap, no media port
    public Optional<SipLeg> call(String callId, String legId, CallPlan.Signal.Invite wish) {
        var trunk = trunks.byId(wish.trunkId());
        if (trunk.isEmpty() || !trunks.take(trunk.get())) {
            around.counters().add(trunk.isEmpty() ? "calls_refused_no_trunk" : "calls_refused_trunk_full");
            return Optional.empty();
        }
        var leg = SipLeg.outbound(
                around, legId, callId, settings(trunk.get()), trunk.get().peer(), wish);
        byTag.put(leg.dialog().localTag(), leg);
        if (!leg.call()) {
            around.counters().add("calls_refused_no_port");
            leg.drop();
            forget(leg);
            return Optional.empty();
        }
        around.counters().add("calls_out");
        return Optional.of(leg);
    }

    /// A leg of another edge, as it was journaled.
    public SipLeg rebuild(String callId, String legId, SipDialog journaled) {
        var peer = Hops.hostOf(journaled.peer());
        var settings = around.hops()
                .at(journaled.peer(), "udp")
                .map(hop ->
                        new java.net.InetSocketAddress(java.net.InetAddress.ofLiteral(hop.getHost()), hop.getPort()))
                .flatMap(trunks::bySource)
                .map(SipService::settings)
                .orElseGet(() -> new SipLeg.LineSettings("", around.config().lineCodecs(), false));
        around.hops().prepare(peer);
        var leg = SipLeg.rebuilt(around, legId, callId, settings, journaled);
        trunks.byId(settings.trunkId()).ifPresent(trunks::take);
        byTag.put(leg.dialog().localTag(), leg);
        return leg;
    }

    public void forget(SipLeg leg) {
        if (byTag.remove(leg.dialog().localTag(), leg)) {
            trunks.give(leg.trunkId());
        }
        leg.inviteKey().filter(key -> byInvite.remove(key, leg)).ifPresent(key -> past.put(key, true));
    }

    private static SipLeg.LineSettings settings(Trunk trunk) {
        var codecs = trunk.codecs().stream()
                .flatMap(name -> List.of(Codec.values()).stream()
                        .filter(codec -> codec.name().equalsIgnoreCase(name)))
                .toList();
        return new SipLeg.LineSettings(
                trunk.trunkId(),
                codecs.isEmpty() ? List.of(Codec.PCMA, Codec.PCMU) : codecs,
                trunk.dtmf().equalsIgnoreCase("INFO"));
    }

    static void options(SipWire wire, Incoming options, String tag) {
        var ok = SipWire.response(options, Response.OK, "", tag);
        Headers.allow(ok);
        Headers.supported(ok);
        Headers.set(ok, "Accept", "application/sdp");
        wire.reply(options, ok);
    }

    static void notAllowed(SipWire wire, Incoming request, String tag) {
        var refusal = SipWire.response(request, Response.METHOD_NOT_ALLOWED, "", tag);
        Headers.allow(refusal);
        wire.reply(request, refusal);
    }

    @Override
    public void close() {
        wire.close();
    }

    /// Measured at most ten times a second, however many ask.
    private Telephony.Load load() {
        var known = load;
        if (known == null || System.nanoTime() - known.at > LOAD_FRESH_NANOS) {
            known = new Measured(System.nanoTime(), around.media().health().latenessStanding());
            load = known;
        }
        return new Telephony.Load(byTag.size(), wire.newCalls(), known.lateness);
    }

    /// An ended leg is no longer found by requests; then the edge hears of it.
    private final class Forgetting implements LegEvents {
        private final LegEvents events;

        private Forgetting(LegEvents events) {
            this.events = events;
        }

        @Override
        public Optional<Telephony.TooMuch> refuses(Telephony.Load load) {
            return events.refuses(load);
        }

        @Override
        public void arrived(SipLeg leg, Duration held) {
            events.arrived(leg, held);
        }

        @Override
        public void fact(SipLeg leg, LegFact fact) {
            events.fact(leg, fact);
        }

        @Override
        public void ended(SipLeg leg, LegEnd end) {
            forget(leg);
            events.ended(leg, end);
        }
    }

    private final class FromWire implements SipWire.Receiver {
        /// An address of a line, or the very peer of a running dialog.
        @Override
        public boolean trusts(Incoming request) {
            if (trunks.trusts(request.source().getAddress())) {
                return true;
            }
            var leg = byTag.get(request.toTag());
            return leg != null
                    && leg.dialog().matches(request)
                    && leg.dialog()
                            .peerHost()
                            .equals(request.source().getAddress().getHostAddress());
        }

        @Override
        public boolean trusts(InetAddress source) {
            return trunks.trusts(source);
        }

        @Override
        public boolean hasDialog(String localTag) {
            return byTag.containsKey(localTag);
        }

        @Override
        public boolean hasInvite(String inviteKey) {
            return byInvite.containsKey(inviteKey);
        }

        @Override
        public Optional<Telephony.TooMuch> refuses() {
            return around.events().refuses(load());
        }

        @Override
        public void request(Incoming request) {
            var method = request.method();
            if (method.equals(Request.CANCEL)) {
                cancel(request);
            } else if (!Screening.isKnown(method)) {
                unknown(request);
            } else if (!request.toTag().isEmpty()) {
                within(request);
            } else if (method.equals(Request.INVITE)) {
                invite(request);
            } else if (method.equals(Request.OPTIONS)) {
                Screening.request(request.request())
                        .ifPresentOrElse(
                                fault -> refuse(request, fault), () -> options(wire, request, Headers.token()));
            } else {
                refuse(request, Screening.Fault.of(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, ""));
            }
        }

        private void unknown(Incoming request) {
            if (!request.method().equals(Request.REGISTER)) {
                notAllowed(wire, request, Headers.token());
                return;
            }
            around.counters().add("sip_registrations_refused");
            var refusal = SipWire.response(
                    request,
                    Response.METHOD_NOT_ALLOWED,
                    "Registration Not Supported, Lines Are Authenticated By Address",
                    Headers.token());
            Headers.allow(refusal);
            wire.reply(request, refusal);
        }

        private void within(Incoming request) {
            var leg = byTag.get(request.toTag());
            if (leg == null || !leg.dialog().matches(request)) {
                refuse(request, Screening.Fault.of(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, ""));
                return;
            }
            leg.request(request);
        }

        private void invite(Incoming invite) {
            var key = invite.inviteKey();
            var known = byInvite.get(key);
            if (known != null) {
                again(known, invite);
                return;
            }
            if (past.get(key) != null) {
                refuse(invite, Screening.Fault.of(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, ""));
                return;
            }
            var trunk = trunks.bySource(invite.source());
            if (trunk.isEmpty()) { // its last trusting line has been taken away this moment
                refuse(invite, Screening.Fault.of(Response.FORBIDDEN, ""));
                return;
            }
            var settings = settings(trunk.get());
            var fault = Screening.invite(
                    invite.request(), settings.codecs(), around.config().minSessionInterval());
            if (fault.isPresent()) {
                refuse(invite, fault.get());
                return;
            }
            var full = full(trunk.get());
            if (full.isPresent()) {
                around.counters().add(full.get());
                refuse(
                        invite,
                        new Screening.Fault(
                                Response.SERVICE_UNAVAILABLE,
                                "",
                                response -> Headers.set(response, "Retry-After", "5")));
                return;
            }
            accept(key, invite, settings);
        }

        /// Why no further call is taken, as the name of a counter.
        private Optional<String> full(Trunk trunk) {
            if (byTag.size() >= around.config().maxCalls()) {
                return Optional.of("calls_refused_edge_full");
            }
            if (around.media().health().freePortPairs() == 0) {
                return Optional.of("calls_refused_no_port");
            }
            return trunks.take(trunk) ? Optional.empty() : Optional.of("calls_refused_trunk_full");
        }

        private void accept(String key, Incoming invite, SipLeg.LineSettings settings) {
            var legId = "leg-" + Headers.token() + Headers.token();
            var leg = SipLeg.inbound(around, legId, settings, invite, Headers.sdp(invite.request()));
            byInvite.put(key, leg);
            byTag.put(leg.dialog().localTag(), leg);
            around.counters().add("calls_in");
            leg.unplanned(around.loop().after(SipLeg.UNPLANNED, () -> {
                if (leg.callId().isEmpty() && !leg.isEnded()) {
                    around.counters().add("calls_refused_unplanned");
                    leg.refuse(Response.SERVICE_UNAVAILABLE, "", 5, new LegEnd(LegEnd.How.LOCALLY_REJECTED, 0, 0));
                }
            }));
            around.events().arrived(leg, wire.heldFor(invite));
        }

        /// The same INVITE: repeated after our 200, or come by another way (RFC 3261 §8.2.2.2).
        private void again(SipLeg known, Incoming invite) {
            if (known.isAskedBy(invite)) {
                known.repeated(invite);
            } else {
                refuse(invite, Screening.Fault.of(Response.LOOP_DETECTED, ""));
            }
        }

        private void cancel(Incoming cancel) {
            var leg = byInvite.get(cancel.inviteKey());
            if (leg == null || !leg.isAskedBy(cancel)) {
                refuse(cancel, Screening.Fault.of(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, ""));
                return;
            }
            leg.cancelled(cancel);
        }

        private void refuse(Incoming request, Screening.Fault fault) {
            around.counters().add("sip_refused_" + fault.status());
            var response = SipWire.response(request, fault.status(), fault.reason(), Headers.token());
            fault.details().accept(response);
            wire.reply(request, response);
        }

        @Override
        public void ack(Incoming ack) {
            var leg = byTag.get(ack.toTag());
            if (leg != null && leg.dialog().matches(ack)) {
                leg.acknowledgedBy(ack);
            }
        }

        @Override
        public void stray(SIPResponse response) {
            var tag = response.getFromTag();
            var leg = tag == null ? null : byTag.get(tag);
            if (leg != null
                    && response.getCallId().getCallId().equals(leg.dialog().callId())) {
                leg.stray(response);
            }
        }
    }
}
