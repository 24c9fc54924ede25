package dev.ringmaster.simulation;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The telephone of one edge process, as the switchboard of telephony carries plans out: newer
/// plans only, no leg called twice, a leg that is
/// not held is rebuilt from its journaled dialog, moved away without a word, or over.
final class Telephone implements Telephony {
    final Machine.EdgeProcess process;
    private final ContactCentre centre;
    private final World world;
    private final String edge;
    private final Lines lines;
    private final Map<String, Held> calls = new TreeMap<>();
    private final Map<String, Leg> unplanned = new TreeMap<>();
    private final Map<String, HeldCall> held = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, LegEnd> endedUntold = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private @Nullable Listener listener;

    private static final class Held {
        CallPlan plan;
        final Map<String, Leg> legs = new TreeMap<>();

        Held(CallPlan plan) {
            this.plan = plan;
        }
    }

    private static final class Leg {
        final String legId;
        final Phone phone;
        boolean asked;
        boolean answering;
        boolean established;
        boolean closing;
        long prompt;

        Leg(String legId, Phone phone, boolean asked) {
            this.legId = legId;
            this.phone = phone;
            this.asked = asked;
        }
    }

    Telephone(ContactCentre centre, Machine.EdgeProcess process, String edge) {
        this.centre = centre;
        this.world = centre.world;
        this.process = process;
        this.edge = edge;
        this.lines = new Lines(centre, this);
    }

    boolean alive() {
        return process.alive;
    }

    /// On the telephone's own thread, as long as its process lives.
    void soon(long millis, Runnable run) {
        world.in(millis, () -> {
            if (alive()) {
                world.step(run);
            }
        });
    }

    Listener listener() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public String edge() {
        return edge;
    }

    @Override
    public void listen(Listener who) {
        listener = who;
    }

    @Override
    public void trunks(List<Trunk> trunks) {}

    // ---- plans

    @Override
    public void carryOut(CallPlan plan) {
        expect(plan);
        var seen = world.now();
        soon(world.between(0, 3), () -> carriedOut(plan, seen));
    }

    private void expect(CallPlan plan) {
        var legs = new TreeSet<String>();
        plan.legs().stream().filter(leg -> leg.edge().equals(edge)).forEach(leg -> legs.add(leg.legId()));
        var now = held.get(plan.callId());
        if (!legs.isEmpty() && (now == null || now.planVersion() < plan.version())) {
            held.put(plan.callId(), new HeldCall(plan.callId(), plan.version(), legs));
        }
    }

    private void carriedOut(CallPlan plan, Instant seen) {
        var callId = plan.callId();
        if (plan.version() <= versions.getOrDefault(callId, -1L)) {
            holds(callId);
            return;
        }
        versions.put(callId, plan.version());
        var call = calls.computeIfAbsent(callId, _ -> new Held(plan));
        call.plan = plan;
        for (var wish : plan.legs()) {
            converge(call, wish, seen);
        }
        var planned = plan.legs().stream().map(CallPlan.LegPlan::legId).toList();
        List.copyOf(call.legs.values()).stream()
                .filter(leg -> !planned.contains(leg.legId))
                .forEach(leg -> close(callId, leg));
        refreshed(call);
    }

    private void converge(Held call, CallPlan.LegPlan wish, Instant seen) {
        var arrived = unplanned.remove(wish.legId());
        if (arrived != null) {
            call.legs.put(wish.legId(), arrived);
        }
        var leg = call.legs.get(wish.legId());
        if (!wish.edge().equals(edge)) {
            if (leg != null) { // it lives elsewhere now: not a word on the wire
                call.legs.remove(wish.legId());
            }
            return;
        }
        if (leg == null) {
            leg = obtain(call, wish, seen);
        }
        if (leg == null) {
            return;
        }
        var callId = call.plan.callId();
        switch (wish.signal()) {
            case CallPlan.Signal.Ring _, CallPlan.Signal.Invite _ -> {}
            case CallPlan.Signal.Answer _ -> answer(callId, leg);
            case CallPlan.Signal.Refuse(var status, var _) -> refused(callId, leg, status);
            case CallPlan.Signal.Close _ -> close(callId, leg);
        }
    }

    private @Nullable Leg obtain(Held call, CallPlan.LegPlan wish, Instant seen) {
        var callId = call.plan.callId();
        var legId = wish.legId();
        if (ended.contains(legId)) {
            var untold = endedUntold.remove(legId);
            if (untold != null) {
                tell(callId, legId, new LegFact.Ended(untold));
            }
            return null;
        }
        var confirmed = wish.dialog().filter(dialog -> !dialog.localSdp().isEmpty());
        if (confirmed.isPresent()) {
            return rebuilt(call, wish, centre.phone(confirmed.get().sipCallId()));
        }
        var unanswered = wish.dialog().filter(dialog -> dialog.inviteVia().isPresent());
        if (unanswered.isPresent() && wish.signal() instanceof CallPlan.Signal.Close && !used.contains(legId)) {
            var leg = rebuilt(call, wish, centre.phone(unanswered.get().sipCallId()));
            leg.established = false;
            close(callId, leg);
            return null;
        }
        if (wish.signal() instanceof CallPlan.Signal.Invite invite && used.add(legId)) {
            if (!seen.plus(invite.goodFor()).isBefore(world.now())) {
                var leg = new Leg(legId, centre.callee(this, legId), false);
                call.legs.put(legId, leg);
                leg.phone.isCalled(callId, invite.ringFor());
                return leg;
            }
            over(callId, legId, new LegEnd(LegEnd.How.LOCALLY_REJECTED, 0, 0));
            return null;
        }
        over(callId, legId, new LegEnd(LegEnd.How.EDGE_LOST, 0, 0));
        return null;
    }

    private Leg rebuilt(Held call, CallPlan.LegPlan wish, Phone phone) {
        var leg = new Leg(wish.legId(), phone, false);
        leg.established = true;
        call.legs.put(wish.legId(), leg);
        used.add(wish.legId());
        if (!(wish.signal() instanceof CallPlan.Signal.Close)) {
            var callId = call.plan.callId();
            soon(world.between(5, 60), () -> {
                if (!phone.takenOver(this)) { // 481: there is no such dialog any more
                    endedHere(callId, leg, new LegEnd(LegEnd.How.SIGNALLING_LOST, 481, 0));
                }
            });
        }
        return leg;
    }

    private void answer(String callId, Leg leg) {
        if (!leg.asked || leg.answering) {
            return;
        }
        leg.answering = true;
        soon(world.between(10, 60), () -> {
            if (leg.phone.answered(this)) {
                leg.established = true;
                tell(callId, leg.legId, new LegFact.Established(dialog(leg.legId, true)));
            }
        });
    }

    private void close(String callId, Leg leg) {
        if (leg.closing) {
            return;
        }
        leg.closing = true;
        soon(world.between(5, 60), () -> {
            leg.phone.hungUpOn(leg.established ? "BYE" : "CANCEL");
            endedHere(callId, leg, new LegEnd(LegEnd.How.CLOSED, 0, 0));
        });
    }

    private void refused(String callId, Leg leg, int status) {
        if (!leg.closing) {
            leg.closing = true;
            leg.phone.hungUpOn("refused " + status);
            endedHere(callId, leg, new LegEnd(LegEnd.How.CLOSED, status, 0));
        }
    }

    @Override
    public void refuse(String legId, int sipStatus, String reason, int retryAfterS) {
        var leg = unplanned.get(legId);
        if (leg != null) {
            leg.phone.hungUpOn("refused " + sipStatus);
            gone(legId, new LegEnd(LegEnd.How.CLOSED, sipStatus, 0));
        }
    }

    // ---- what happens on the wire

    void invited(Phone phone, String legId, String called) {
        soon(world.between(1, 20), () -> {
            used.add(legId);
            if (listener().refuses(new Load(calls.size(), 0, Duration.ZERO)).isPresent()) {
                phone.hungUpOn("refused 503");
                ended.add(legId);
                return;
            }
            unplanned.put(legId, new Leg(legId, phone, true));
            listener()
                    .arrived(new InboundLeg(
                            legId,
                            "loopback",
                            new PhoneNumber("13800001234"),
                            new PhoneNumber(called),
                            Optional.empty(),
                            dialog(legId, false),
                            Duration.ZERO));
        });
    }

    /// BYE or CANCEL from the other side, or the final answer to our INVITE.
    void ends(String legId, LegEnd end) {
        soon(world.between(1, 20), () -> {
            if (unplanned.containsKey(legId)) {
                gone(legId, end);
                return;
            }
            calls.values().stream()
                    .filter(call -> call.legs.containsKey(legId))
                    .findFirst()
                    .ifPresent(
                            call -> endedHere(call.plan.callId(), Objects.requireNonNull(call.legs.get(legId)), end));
        });
    }

    /// 18x or 2xx to our INVITE, or a key.
    void says(String legId, LegFact fact) {
        soon(
                world.between(1, 20),
                () -> calls.values().stream()
                        .filter(call -> call.legs.containsKey(legId))
                        .findFirst()
                        .ifPresent(call -> {
                            if (fact instanceof LegFact.Established) {
                                Objects.requireNonNull(call.legs.get(legId)).established = true;
                            }
                            tell(call.plan.callId(), legId, fact);
                        }));
    }

    private void gone(String legId, LegEnd end) {
        unplanned.remove(legId);
        ended.add(legId);
        endedUntold.put(legId, end);
        listener().legGone(legId);
    }

    private void endedHere(String callId, Leg leg, LegEnd end) {
        var call = calls.get(callId);
        if (call == null || !call.legs.remove(leg.legId, leg)) {
            return;
        }
        tell(callId, leg.legId, new LegFact.Quality(100, 1, 2, 20));
        over(callId, leg.legId, end);
        recordingOf(call.plan, leg.legId)
                .ifPresent(id -> tell(
                        callId,
                        leg.legId,
                        new LegFact.RecordingSealed(id, id + ".wav", Duration.ZERO, Duration.ofSeconds(1), 16_000)));
        refreshed(call);
    }

    private static Optional<String> recordingOf(CallPlan plan, String legId) {
        return plan.legs().stream()
                .filter(wish -> wish.legId().equals(legId))
                .findFirst()
                .flatMap(CallPlan.LegPlan::recording);
    }

    private void over(String callId, String legId, LegEnd end) {
        ended.add(legId);
        tell(callId, legId, new LegFact.Ended(end));
    }

    private void tell(String callId, String legId, LegFact fact) {
        listener().fact(callId, legId, fact);
    }

    // ---- what is heard and held

    private void refreshed(Held call) {
        for (var wish : call.plan.legs()) {
            var leg = call.legs.get(wish.legId());
            if (leg != null && wish.hears() instanceof CallPlan.Hears.Prompt(var generation, var _)) {
                play(call.plan.callId(), leg, generation);
            }
        }
        holds(call.plan.callId());
        if (call.legs.isEmpty()) {
            calls.remove(call.plan.callId(), call);
        }
    }

    private void play(String callId, Leg leg, long generation) {
        if (generation <= leg.prompt) {
            return;
        }
        leg.prompt = generation;
        leg.phone.hears(this, leg.legId);
        soon(world.between(600, 2_500), () -> {
            if (leg.prompt == generation && calls.containsKey(callId) && !leg.closing) {
                tell(callId, leg.legId, new LegFact.PromptEnded(generation, Duration.ofSeconds(1), true));
            }
        });
    }

    private void holds(String callId) {
        var call = calls.get(callId);
        if (call == null || call.legs.isEmpty()) {
            held.remove(callId);
        } else {
            held.put(callId, new HeldCall(callId, call.plan.version(), Set.copyOf(call.legs.keySet())));
        }
    }

    @Override
    public Telephony.Held held() {
        return new Telephony.Held(List.copyOf(held.values()), lines.held());
    }

    /// Calls with a leg that stands here, and who hears them by two keys.
    Map<String, Optional<String>> ears() {
        var ears = new TreeMap<String, Optional<String>>();
        calls.forEach((callId, call) -> ears.put(callId, lines.earOf(call.plan)));
        return ears;
    }

    // ---- agents' lines

    Lines lines() {
        return lines;
    }

    @Override
    public void carryOut(LinePlan plan) {
        soon(world.between(0, 3), () -> lines.carryOut(plan));
    }

    @Override
    public CompletionStage<LineAnswer> openLine(String agentId, long fence, String sdpOffer) {
        return lines.open(agentId, fence, sdpOffer);
    }

    @Override
    public boolean lineAlive(LineRef line) {
        return lines.alive(line);
    }

    static SipDialog dialog(String legId, boolean confirmed) {
        return Phones.dialog(legId, confirmed);
    }
}
