package dev.ringmaster.telephony.line;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.Hears;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.media.SecureListener;
import dev.ringmaster.media.SecureState;
import dev.ringmaster.media.ToneKind;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.telephony.base.AudioWishes;
import dev.ringmaster.telephony.base.Bounded;
import dev.ringmaster.telephony.base.Counters;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.telephony.base.EdgeLoop;
import dev.ringmaster.telephony.webrtc.BrowserOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All agents' lines of one edge, one an agent. A line is bridged only when two keys fit: her plan names the call, and
/// the call's plan names the line; so a late plan of an older call never reaches her ear. On the edge's loop.
public final class Lines {
    /// Plans remembered of agents; more than any node has on duty.
    private static final int MAX_PLANS = 20_000;

    /// What lines need of calls, and tell of themselves.
    public interface Calls {
        Optional<CallPlan> plan(String callId);

        /// The line of this call has come, gone, or been told another call.
        void lineChanged(String callId);

        Telephony.@Nullable Listener listener();
    }

    private final EdgeConfig config;
    private final MediaEngine media;
    private final EdgeLoop loop;
    private final Counters counters;
    private final Calls calls;
    private final Map<String, AgentLine> byAgent = new ConcurrentHashMap<>();
    private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
    private final Bounded<String, LinePlan> plans = new Bounded<>(MAX_PLANS);
    private long opened;

    /// The beep before a bridge: once a call.
    private record Alert(String callId, long generation) {}

    public Lines(EdgeConfig config, MediaEngine media, EdgeLoop loop, Counters counters, Calls calls) {
        this.config = config;
        this.media = media;
        this.loop = loop;
        this.counters = counters;
        this.calls = calls;
    }

    public CompletionStage<Telephony.LineAnswer> open(String agentId, long fence, String sdpOffer) {
        var answer = new CompletableFuture<Telephony.LineAnswer>();
        loop.run(() -> {
            try {
                answer.complete(opened(agentId, fence, sdpOffer));
            } catch (IllegalArgumentException refused) {
                counters.add("lines_refused");
                answer.completeExceptionally(refused);
            }
        });
        return answer;
    }

    private Telephony.LineAnswer opened(String agentId, long fence, String sdpOffer) {
        var plain = config.testLines()
                ? PlainLine.Offer.read(sdpOffer, config.lineCodecs())
                : Optional.<PlainLine.Offer>empty();
        if (plain.isPresent()) {
            return opened(
                    agentId,
                    fence,
                    PlainLine.class,
                    ref -> new PlainLine(
                            ref, agentId, fence, media, config.mediaTimeout(), new FromMedia(ref, agentId, fence)),
                    line -> line.answer(plain.get()));
        }
        var offer = BrowserOffer.read(sdpOffer, config.lineCodecs());
        return opened(
                agentId,
                fence,
                BrowserLine.class,
                ref -> new BrowserLine(ref, agentId, fence, media, new FromMedia(ref, agentId, fence)),
                line -> line.answer(offer, media));
    }

    private <L extends AgentLine> Telephony.LineAnswer opened(
            String agentId, long fence, Class<L> kind, Function<LineRef, L> opening, Function<L, String> answering) {
        var known = byAgent.get(agentId);
        if (known != null && known.fence() > fence) {
            throw new IllegalArgumentException("The line has been taken by a newer login.");
        }
        if (known != null && known.fence() == fence && kind.isInstance(known)) {
            return new Telephony.LineAnswer(known.ref(), answering.apply(kind.cast(known)));
        }
        var ref = new LineRef(config.incarnation(), "line-%s-%d-%d".formatted(agentId, fence, ++opened));
        var line = opening.apply(ref);
        try {
            var sdp = answering.apply(line);
            if (known != null) {
                lost(known, "replaced");
            }
            byAgent.put(agentId, line);
            counters.add("lines_opened");
            refresh(agentId);
            return new Telephony.LineAnswer(ref, sdp);
        } catch (RuntimeException fault) {
            line.close();
            throw fault;
        }
    }

    public void carryOut(LinePlan plan) {
        var before = plans.get(plan.agentId());
        if (before != null && plan.version() <= before.version()) {
            return;
        }
        plans.put(plan.agentId(), plan);
        var line = byAgent.get(plan.agentId());
        if (line != null && (line.fence() < plan.fence() || (line.ref().equals(plan.line()) && !plan.keep()))) {
            byAgent.remove(plan.agentId());
            line.close();
        }
        refresh(plan.agentId());
        var changed = new ArrayList<String>();
        plan.callId().ifPresent(changed::add);
        if (before != null) {
            before.callId().filter(old -> !changed.contains(old)).ifPresent(changed::add);
        }
        changed.forEach(calls::lineChanged);
    }

    /// The stream of the agent whom a call's plan names, if her own plan names the call.
    public Optional<String> earOf(CallPlan plan) {
        return plan.line()
                .flatMap(part -> Optional.ofNullable(byAgent.get(part.agentId()))
                        .filter(line -> fits(line, plan.callId(), part)))
                .map(AgentLine::streamId);
    }

    private boolean fits(AgentLine line, String callId, CallPlan.LinePart part) {
        var hers = plans.get(line.agentId());
        return hers != null
                && hers.keep()
                && hers.line().equals(line.ref())
                && part.line().equals(line.ref())
                && hers.callId().filter(callId::equals).isPresent();
    }

    /// Lets her hear what both plans say now. A line that serves no call is sent no packet: it
    /// stands open all day and lives by ICE checks. One whose call is not yet there hears silence.
    public void refresh(String agentId) {
        var line = byAgent.get(agentId);
        if (line == null) {
            return;
        }
        line.apply(wish(line));
    }

    private AudioPlan wish(AgentLine line) {
        var hers = plans.get(line.agentId());
        var call = hers == null ? Optional.<CallPlan>empty() : hers.callId().flatMap(calls::plan);
        var part = call.flatMap(plan -> plan.line().filter(p -> fits(line, plan.callId(), p)));
        if (hers == null || hers.callId().isEmpty()) {
            return AudioPlan.hearing(new Hears.Nothing()).muted(true);
        }
        if (part.isEmpty()) {
            return AudioPlan.hearing(new Hears.Silence()).muted(true);
        }
        var wish = AudioWishes.of(part.get());
        return hers.alert() ? beepFirst(line, hers, wish) : wish;
    }

    private AudioPlan beepFirst(AgentLine line, LinePlan hers, AudioPlan wish) {
        var callId = hers.callId().orElseThrow();
        var alert = alerts.compute(
                line.ref().lineId(),
                (_, last) -> last != null && last.callId().equals(callId)
                        ? last
                        : new Alert(callId, last == null ? 1 : last.generation() + 1));
        var beep = List.of(ToneKind.BEEP.sound());
        return new AudioPlan(new Hears.Prompt(alert.generation(), beep, wish.hears()), wish.muted(), wish.records());
    }

    private void lost(AgentLine line, String reason) {
        byAgent.remove(line.agentId(), line);
        alerts.remove(line.ref().lineId());
        line.close();
        counters.add("lines_lost");
        told(listener -> listener.lineLost(line.agentId(), line.fence(), line.ref(), reason));
        changed(line.agentId());
    }

    private void changed(String agentId) {
        var plan = plans.get(agentId);
        if (plan != null) {
            plan.callId().ifPresent(calls::lineChanged);
        }
    }

    private void told(Consumer<Telephony.Listener> telling) {
        var listener = calls.listener();
        if (listener != null) {
            telling.accept(listener);
        }
    }

    public boolean isAlive(LineRef ref) {
        return byAgent.values().stream().anyMatch(line -> line.ref().equals(ref) && line.isAlive());
    }

    public List<Telephony.HeldLine> held() {
        return byAgent.values().stream()
                .map(line -> new Telephony.HeldLine(line.agentId(), line.fence(), line.ref()))
                .toList();
    }

    /// What happens to a line in media; told only while it is the agent's.
    private final class FromMedia implements SecureListener, PlainLine.Listener {
        private final LineRef ref;
        private final String agentId;
        private final long fence;

        private FromMedia(LineRef ref, String agentId, long fence) {
            this.ref = ref;
            this.agentId = agentId;
            this.fence = fence;
        }

        private void onLoop(Consumer<AgentLine> task) {
            loop.run(() -> {
                var line = byAgent.get(agentId);
                if (line != null && line.ref().equals(ref)) {
                    task.accept(line);
                }
            });
        }

        private void up() {
            told(listener -> listener.lineUp(agentId, fence, ref));
        }

        private void silent(String reason) {
            told(listener -> listener.lineLost(agentId, fence, ref, reason));
        }

        @Override
        public void onSecureState(SecureState state, String reason) {
            onLoop(line -> {
                switch (state) {
                    case CONNECTED -> up();
                    case LOST -> silent(reason);
                    case FAILED -> lost(line, reason);
                    case WAITING, CONNECTING -> {}
                }
            });
        }

        @Override
        public void onSound() {
            onLoop(_ -> up());
        }

        @Override
        public void onSilence() {
            onLoop(_ -> silent("no-media"));
        }
    }
}
