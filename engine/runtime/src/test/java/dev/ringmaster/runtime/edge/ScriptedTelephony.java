package dev.ringmaster.runtime.edge;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A telephone without wires: the test says what happens on it, and reads what it was told to do.
public final class ScriptedTelephony implements Telephony {
    private final String edge;
    private final Map<String, CallPlan> plans = new ConcurrentHashMap<>();
    private final Map<LineRef, LinePlan> linePlans = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> legsHeld = new ConcurrentHashMap<>();
    private final Map<LineRef, HeldLine> linesHeld = new ConcurrentHashMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Set<String> invited = ConcurrentHashMap.newKeySet();
    private final Set<String> established = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lines = new AtomicInteger();
    private volatile List<Trunk> trunks = List.of();
    private volatile @Nullable Listener listener;

    public ScriptedTelephony(String edge) {
        this.edge = edge;
    }

    @Override
    public String edge() {
        return edge;
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    private Listener listener() {
        var present = listener;
        if (present == null) {
            throw new IllegalStateException("nobody listens");
        }
        return present;
    }

    @Override
    public void trunks(List<Trunk> now) {
        trunks = now;
    }

    @Override
    public void carryOut(CallPlan plan) {
        plans.merge(plan.callId(), plan, (known, next) -> next.version() >= known.version() ? next : known);
        plan.legs().stream().filter(leg -> leg.edge().equals(edge)).forEach(leg -> carryOut(plan.callId(), leg));
        legsHeld.getOrDefault(plan.callId(), Set.of()).stream()
                .filter(held ->
                        plan.legs().stream().noneMatch(leg -> leg.legId().equals(held)))
                .forEach(held -> fact(plan.callId(), held, new LegFact.Ended(new LegEnd(LegEnd.How.CLOSED, 0, 0))));
    }

    private void carryOut(String callId, CallPlan.LegPlan leg) {
        switch (leg.signal()) {
            case CallPlan.Signal.Invite _ -> hold(callId, leg.legId());
            case CallPlan.Signal.Ring _ -> holdIfInvited(callId, leg.legId());
            case CallPlan.Signal.Answer _ -> {
                holdIfInvited(callId, leg.legId());
                if (invited.contains(leg.legId()) && established.add(leg.legId())) {
                    fact(callId, leg.legId(), new LegFact.Established(dialog(leg.legId())));
                }
            }
            case CallPlan.Signal.Refuse _, CallPlan.Signal.Close _ -> {
                if (ended.add(leg.legId())) {
                    fact(callId, leg.legId(), new LegFact.Ended(new LegEnd(LegEnd.How.CLOSED, 0, 0)));
                }
            }
        }
    }

    private void holdIfInvited(String callId, String legId) {
        if (invited.contains(legId) && !ended.contains(legId)) {
            hold(callId, legId);
        }
    }

    @Override
    public void carryOut(LinePlan plan) {
        linePlans.put(plan.line(), plan);
        if (!plan.keep()) {
            dropLine(plan.line(), "closed");
        }
    }

    @Override
    public void refuse(String legId, int sipStatus, String reason, int retryAfterS) {
        refused.add(legId + " " + sipStatus);
    }

    @Override
    public CompletionStage<LineAnswer> openLine(String agentId, long fence, String sdpOffer) {
        var line = new LineRef(edge, "line-" + lines.incrementAndGet());
        linesHeld.put(line, new HeldLine(agentId, fence, line));
        return CompletableFuture.completedFuture(new LineAnswer(line, "answer to " + sdpOffer));
    }

    @Override
    public Held held() {
        var calls = new ArrayList<HeldCall>();
        legsHeld.forEach((callId, legs) -> {
            var plan = plans.get(callId);
            calls.add(new HeldCall(callId, plan == null ? 0 : plan.version(), legs));
        });
        return new Held(calls, List.copyOf(linesHeld.values()));
    }

    @Override
    public boolean lineAlive(LineRef line) {
        return linesHeld.containsKey(line);
    }

    // ---- what the test makes happen
    // --------------------------------------------------------------------------------------------

    public void invite(String legId, String from, String called) {
        if (listener().refuses(new Load(plans.size(), 0, Duration.ZERO)).isPresent()) {
            refused.add(legId + " 503");
            return;
        }
        invited.add(legId);
        listener()
                .arrived(new InboundLeg(
                        legId,
                        "loopback",
                        new PhoneNumber(from),
                        new PhoneNumber(called),
                        Optional.empty(),
                        dialog(legId),
                        Duration.ZERO));
    }

    public static SipDialog dialog(String legId) {
        return new SipDialog(
                "sip-" + legId,
                "local",
                "remote",
                new Said("sip:us"),
                new Said("sip:them"),
                new Said("sip:them@127.0.0.1:5090"),
                List.of(),
                1,
                1,
                "UDP",
                "127.0.0.1:5090",
                false,
                "v=0",
                "v=0",
                20_000,
                Optional.empty());
    }

    public void fact(String callId, String legId, LegFact fact) {
        if (fact instanceof LegFact.Ended) {
            ended.add(legId);
            drop(callId, legId);
        }
        listener().fact(callId, legId, fact);
    }

    public void gone(String legId) {
        listener().legGone(legId);
    }

    public void lineUp(LineRef line) {
        var held = linesHeld.get(line);
        if (held == null) {
            throw new IllegalStateException("no such line " + line);
        }
        listener().lineUp(held.agentId(), held.fence(), line);
    }

    public void dropLine(LineRef line, String reason) {
        var held = linesHeld.remove(line);
        if (held != null) {
            listener().lineLost(held.agentId(), held.fence(), line, reason);
        }
    }

    public void hold(String callId, String legId) {
        legsHeld.merge(callId, Set.of(legId), ScriptedTelephony::union);
    }

    /// The leg vanishes without a word.
    public void drop(String callId, String legId) {
        legsHeld.computeIfPresent(callId, (_, legs) -> {
            var rest = legs.stream().filter(leg -> !leg.equals(legId)).collect(Collectors.toSet());
            return rest.isEmpty() ? null : rest;
        });
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    // ---- what the test reads
    // ---------------------------------------------------------------------------------------------------

    public Map<String, CallPlan> plans() {
        return new LinkedHashMap<>(plans);
    }

    public Optional<LinePlan> plan(LineRef line) {
        return Optional.ofNullable(linePlans.get(line));
    }

    public List<String> refused() {
        return List.copyOf(refused);
    }

    public List<Trunk> trunks() {
        return trunks;
    }
}
