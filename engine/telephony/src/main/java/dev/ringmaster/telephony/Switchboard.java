package dev.ringmaster.telephony;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.telephony.base.AudioWishes;
import dev.ringmaster.telephony.base.Bounded;
import dev.ringmaster.telephony.base.Counters;
import dev.ringmaster.telephony.base.EdgeLoop;
import dev.ringmaster.telephony.line.Lines;
import dev.ringmaster.telephony.sip.LegEvents;
import dev.ringmaster.telephony.sip.SipLeg;
import dev.ringmaster.telephony.sip.SipService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings legs to where the plans want them, and tells the listener what became of them. On the edge's loop.
final class Switchboard implements LegEvents {
    /// Legs remembered after their end, so that none is called twice and a late plan hears of the end.
    private static final int MAX_REMEMBERED = 50_000;

    /// How long after a party has left its partner waits for a plan. Shorter would end partners whose entity is being
    /// recovered on another node.
    private static final Duration ENGINE_GONE = Duration.ofSeconds(10);

    /// @param told whether a call has heard of it
    private record Gone(LegEnd end, boolean told) {}

    /// One call of which this edge holds a leg, or was asked to.
    static final class Call {
        private CallPlan plan;
        private final Map<String, SipLeg> legs = new HashMap<>();

        private Call(CallPlan plan) {
            this.plan = plan;
        }
    }

    private final String edge;
    private final Counters counters;
    private final EdgeLoop loop;
    private final Map<String, Call> calls = new HashMap<>();
    private final Map<String, SipLeg> unplanned = new HashMap<>();
    private final Bounded<String, Gone> endedLegs = new Bounded<>(MAX_REMEMBERED);
    private final Bounded<String, Boolean> usedLegs = new Bounded<>(MAX_REMEMBERED);
    private final Bounded<String, Long> lastVersions = new Bounded<>(MAX_REMEMBERED);
    private final Map<String, Telephony.HeldCall> held = new ConcurrentHashMap<>();
    private volatile Telephony.@Nullable Listener listener;
    private @Nullable SipService sip;
    private @Nullable Lines lines;

    Switchboard(String edge, EdgeLoop loop, Counters counters) {
        this.edge = edge;
        this.loop = loop;
        this.counters = counters;
    }

    void connect(SipService sip, Lines lines) {
        this.sip = sip;
        this.lines = lines;
    }

    private SipService sip() {
        return Objects.requireNonNull(sip);
    }

    void listen(Telephony.Listener who) {
        listener = who;
    }

    Telephony.@Nullable Listener listener() {
        return listener;
    }

    List<Telephony.HeldCall> held() {
        return List.copyOf(held.values());
    }

    private Optional<Call> call(String callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    void refuse(String legId, int status, String reason, int retryAfterS) {
        var leg = unplanned.get(legId);
        if (leg != null) {
            counters.add("calls_refused_by_engine");
            leg.refuse(status, reason, retryAfterS, new LegEnd(LegEnd.How.CLOSED, status, 0));
        }
    }

    /// @param late whether `goodFor` of an INVITE has passed since the plan came in
    void carryOut(CallPlan plan, Predicate<Duration> late) {
        var seen = lastVersions.get(plan.callId());
        if (seen != null && plan.version() <= seen) {
            holds(plan.callId());
            return;
        }
        lastVersions.put(plan.callId(), plan.version());
        var call = calls.computeIfAbsent(plan.callId(), _ -> new Call(plan));
        var before = call.plan.line();
        call.plan = plan;
        for (var leg : plan.legs()) {
            converge(call, leg, late);
        }
        var planned = plan.legs().stream().map(CallPlan.LegPlan::legId).toList();
        List.copyOf(call.legs.values()).stream()
                .filter(leg -> !planned.contains(leg.legId()))
                .forEach(SipLeg::close);
        refreshed(call);
        before.ifPresent(part -> lines().refresh(part.agentId()));
    }

    private void converge(Call call, CallPlan.LegPlan wish, Predicate<Duration> late) {
        var callId = call.plan.callId();
        var arrived = unplanned.remove(wish.legId());
        if (arrived != null) {
            arrived.belongsTo(callId);
            call.legs.put(wish.legId(), arrived);
        }
        var leg = call.legs.get(wish.legId());
        if (!wish.edge().equals(edge)) {
            if (leg != null) { // it lives elsewhere now: not a word on the wire
                leg.drop();
                sip().forget(leg);
                call.legs.remove(wish.legId());
            }
            return;
        }
        if (leg == null) {
            leg = obtain(call, wish, late);
        }
        if (leg == null) {
            return;
        }
        switch (wish.signal()) {
            case CallPlan.Signal.Ring() -> leg.ring();
            case CallPlan.Signal.Answer() -> leg.answer();
            case CallPlan.Signal.Refuse(var status, var reason) ->
                leg.refuse(status, reason, 0, new LegEnd(LegEnd.How.CLOSED, status, 0));
            case CallPlan.Signal.Invite _ -> {}
            case CallPlan.Signal.Close() -> leg.close();
        }
        leg.send(wish.digits());
    }

    /// A leg that this edge does not hold: called for the first time, taken over, closed by its journaled dialog, or
    /// over.
    private @Nullable SipLeg obtain(Call call, CallPlan.LegPlan wish, Predicate<Duration> late) {
        var callId = call.plan.callId();
        var legId = wish.legId();
        var ended = endedLegs.get(legId);
        if (ended != null) {
            if (!ended.told) {
                over(call, legId, ended.end);
            }
            return null;
        }
        var confirmed = wish.dialog().filter(dialog -> !dialog.localSdp().isEmpty());
        if (confirmed.isPresent()) {
            counters.add("legs_rebuilt");
            var leg = sip().rebuild(callId, legId, confirmed.get());
            call.legs.put(legId, leg);
            usedLegs.put(legId, true);
            if (!(wish.signal() instanceof CallPlan.Signal.Close) && !leg.takeOver(wish.digits())) {
                leg.close();
            }
            return leg;
        }
        var unanswered = wish.dialog().filter(dialog -> dialog.inviteVia().isPresent());
        if (unanswered.isPresent() && wish.signal() instanceof CallPlan.Signal.Close && usedLegs.get(legId) == null) {
            counters.add("legs_closed_unanswered");
            var leg = sip().rebuild(callId, legId, unanswered.get());
            call.legs.put(legId, leg);
            usedLegs.put(legId, true);
            leg.closeUnanswered(unanswered.get().inviteVia().orElseThrow());
            return null;
        }
        if (wish.signal() instanceof CallPlan.Signal.Invite invite && usedLegs.get(legId) == null) {
            usedLegs.put(legId, true);
            if (late.test(invite.goodFor())) {
                counters.add("calls_refused_late");
            } else {
                var leg = sip().call(callId, legId, invite);
                if (leg.isPresent()) {
                    call.legs.put(legId, leg.get());
                    return leg.get();
                }
            }
            over(call, legId, new LegEnd(LegEnd.How.LOCALLY_REJECTED, 0, 0));
            return null;
        }
        over(call, legId, new LegEnd(LegEnd.How.EDGE_LOST, 0, 0));
        return null;
    }

    private void over(Call call, String legId, LegEnd end) {
        endedLegs.put(legId, new Gone(end, true));
        var to = listener;
        if (to != null) {
            to.fact(call.plan.callId(), legId, new LegFact.Ended(end));
        }
    }

    /// What is held has changed, or what it shall hear.
    private void refreshed(Call call) {
        var callId = call.plan.callId();
        var ear = lines().earOf(call.plan);
        for (var wish : call.plan.legs()) {
            var leg = call.legs.get(wish.legId());
            if (leg != null) {
                leg.hears(AudioWishes.of(call.plan, wish, ear));
            }
        }
        holds(callId);
        if (call.legs.isEmpty() && ear.isEmpty()) {
            calls.remove(callId);
        }
        call.plan.line().ifPresent(part -> lines().refresh(part.agentId()));
    }

    private Lines lines() {
        return Objects.requireNonNull(lines);
    }

    /// A plan has come in: until the loop has carried it out its legs count as held, or whoever asks meanwhile would
    /// take them for lost. From any thread.
    void expect(CallPlan plan) {
        var legs = plan.legs().stream()
                .filter(leg -> leg.edge().equals(edge))
                .map(CallPlan.LegPlan::legId)
                .collect(Collectors.toUnmodifiableSet());
        held.compute(
                plan.callId(),
                (id, now) -> (now != null && now.planVersion() >= plan.version()) || legs.isEmpty()
                        ? now
                        : new Telephony.HeldCall(id, plan.version(), legs));
    }

    /// What is really held of a call.
    private void holds(String callId) {
        var call = calls.get(callId);
        if (call == null || call.legs.isEmpty()) {
            held.remove(callId);
        } else {
            held.put(callId, new Telephony.HeldCall(callId, call.plan.version(), Set.copyOf(call.legs.keySet())));
        }
    }

    /// The plan of a call that this edge carries out.
    Optional<CallPlan> plan(String callId) {
        return Optional.ofNullable(calls.get(callId)).map(call -> call.plan);
    }

    /// The line's side of a call has changed.
    void lineChanged(String callId) {
        call(callId).ifPresent(this::refreshed);
    }

    @Override
    public Optional<Telephony.TooMuch> refuses(Telephony.Load load) {
        var to = listener;
        return to == null ? Optional.empty() : to.refuses(load);
    }

    @Override
    public void arrived(SipLeg leg, Duration held) {
        usedLegs.put(leg.legId(), true);
        unplanned.put(leg.legId(), leg);
        var to = listener;
        if (to != null) {
            to.arrived(new Telephony.InboundLeg(
                    leg.legId(),
                    leg.trunkId(),
                    leg.caller(),
                    leg.called(),
                    leg.callerName().map(PersonName::new),
                    leg.dialogValue(),
                    held));
        }
    }

    @Override
    public void fact(SipLeg leg, LegFact fact) {
        var to = listener;
        if (to == null || leg.callId().isEmpty()) {
            return;
        }
        var callId = leg.callId().get();
        to.fact(callId, leg.legId(), fact);
        if (fact instanceof LegFact.Established) {
            call(callId)
                    .ifPresent(call -> call.plan.legs().stream()
                            .filter(wish -> wish.legId().equals(leg.legId()))
                            .forEach(wish -> leg.send(wish.digits())));
        }
    }

    @Override
    public void ended(SipLeg leg, LegEnd end) {
        var to = listener;
        if (unplanned.remove(leg.legId()) != null) {
            endedLegs.put(leg.legId(), new Gone(end, false));
            if (to != null) {
                to.legGone(leg.legId());
            }
            return;
        }
        var call = leg.callId().map(calls::get).orElse(null);
        if (call == null) {
            endedLegs.put(leg.legId(), new Gone(end, false));
            return;
        }
        call.legs.remove(leg.legId());
        holds(call.plan.callId()); // whoever hears of the end and looks finds it no longer held
        over(call, leg.legId(), end);
        refreshed(call);
        var version = call.plan.version();
        if (partners(call, leg.legId()).findAny().isPresent()) {
            loop.after(ENGINE_GONE, () -> endPartners(call, leg.legId(), version));
        }
    }

    private static Stream<SipLeg> partners(Call call, String legId) {
        return call.plan.legs().stream()
                .filter(wish -> wish.hears().equals(new CallPlan.Hears.Leg(legId)))
                .flatMap(wish -> Stream.ofNullable(call.legs.get(wish.legId())));
    }

    /// No plan has come since a party left: its engine is gone, and who talked with it would wait for ever.
    private void endPartners(Call call, String legId, long version) {
        if (calls.get(call.plan.callId()) != call || call.plan.version() != version) {
            return;
        }
        partners(call, legId).toList().forEach(SipLeg::close);
    }
}
