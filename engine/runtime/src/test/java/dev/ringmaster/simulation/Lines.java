package dev.ringmaster.simulation;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The agents' lines of one edge, as telephony keeps them: one an agent, bridged only when her
/// plan names the call and the call's plan names
/// the line.
final class Lines {
    private static final long LOOK_MS = 500;
    private static final long INTERRUPTED_MS = 3_000;
    private static final long FAILED_MS = 20_000;

    private final ContactCentre centre;
    private final Telephone telephone;
    private final Map<String, Line> byAgent = new TreeMap<>();
    private final Map<String, LinePlan> plans = new HashMap<>();
    private long opened;

    private static final class Line {
        final LineRef ref;
        final String agentId;
        final long fence;
        final Page page;
        boolean up;
        long silentMs;

        Line(LineRef ref, String agentId, long fence, Page page) {
            this.ref = ref;
            this.agentId = agentId;
            this.fence = fence;
            this.page = page;
        }
    }

    Lines(ContactCentre centre, Telephone telephone) {
        this.centre = centre;
        this.telephone = telephone;
    }

    /// @param offer name of the page that offers
    CompletionStage<Telephony.LineAnswer> open(String agentId, long fence, String offer) {
        var answer = new CompletableFuture<Telephony.LineAnswer>();
        telephone.soon(centre.world.between(1, 5), () -> {
            var known = byAgent.get(agentId);
            if (known != null && known.fence > fence) {
                answer.completeExceptionally(new IllegalArgumentException("taken by a newer login"));
                return;
            }
            if (known != null && known.fence == fence && known.page.name().equals(offer)) {
                answer.complete(new Telephony.LineAnswer(known.ref, "answer"));
                return;
            }
            var ref = new LineRef(telephone.edge(), "line-%s-%d-%d".formatted(agentId, fence, ++opened));
            if (known != null) {
                lost(known, "replaced");
            }
            var line = new Line(ref, agentId, fence, centre.page(offer));
            byAgent.put(agentId, line);
            answer.complete(new Telephony.LineAnswer(ref, "answer"));
            telephone.soon(centre.world.between(100, 700), () -> listen(line));
        });
        return answer;
    }

    /// DTLS and then the media's watch over silence.
    private void listen(Line line) {
        if (byAgent.get(line.agentId) != line) {
            return;
        }
        if (line.page.audible(line.ref)) {
            line.silentMs = 0;
            if (!line.up) {
                line.up = true;
                telephone.listener().lineUp(line.agentId, line.fence, line.ref);
            }
        } else {
            line.silentMs += LOOK_MS;
            if (line.up && line.silentMs > INTERRUPTED_MS) {
                line.up = false;
                telephone.listener().lineLost(line.agentId, line.fence, line.ref, "silent");
            }
            if (line.silentMs > FAILED_MS) {
                lost(line, "failed");
                return;
            }
        }
        telephone.soon(LOOK_MS, () -> listen(line));
    }

    private void lost(Line line, String reason) {
        byAgent.remove(line.agentId, line);
        line.page.lineClosed(line.ref);
        telephone.listener().lineLost(line.agentId, line.fence, line.ref, reason);
    }

    void carryOut(LinePlan plan) {
        var before = plans.get(plan.agentId());
        if (before != null && plan.version() <= before.version()) {
            return;
        }
        plans.put(plan.agentId(), plan);
        var line = byAgent.get(plan.agentId());
        if (line != null && (line.fence < plan.fence() || (line.ref.equals(plan.line()) && !plan.keep()))) {
            byAgent.remove(plan.agentId());
            line.page.lineClosed(line.ref);
        }
    }

    /// The agent whom a call's plan names, if her own plan names the call.
    Optional<String> earOf(CallPlan plan) {
        return plan.line().flatMap(part -> {
            var line = byAgent.get(part.agentId());
            var hers = plans.get(part.agentId());
            var fits = line != null
                    && hers != null
                    && hers.keep()
                    && hers.line().equals(line.ref)
                    && part.line().equals(line.ref)
                    && hers.callId().filter(plan.callId()::equals).isPresent();
            return fits ? Optional.of(part.agentId()) : Optional.<String>empty();
        });
    }

    boolean alive(LineRef ref) {
        return byAgent.values().stream().anyMatch(line -> line.ref.equals(ref) && line.up);
    }

    List<Telephony.HeldLine> held() {
        return byAgent.values().stream()
                .map(line -> new Telephony.HeldLine(line.agentId, line.fence, line.ref))
                .toList();
    }
}
