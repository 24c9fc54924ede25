package dev.ringmaster.runtime.call;

import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.CallScreen;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.Surroundings.Fate;
import dev.ringmaster.runtime.entity.Watchers;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;

/// Makes the outside of one call look like its state: plans to the edges that hold its legs, its
/// place to the queue, its screen to
/// watchers. Nothing here is remembered over a crash; all of it follows from the state.
final class CallOutside {
    /// An edge that said nothing for so long gets the plan again; it speaks every 2 s.
    private static final long SILENT_EDGE_NANOS = 5_000_000_000L;

    /// A leg missing in so many reports of the edge under the right plan has ended unseen. One may
    /// cross a fact under way.
    private static final int MISSED_REPORTS = 3;

    private final String callId;
    private final Surroundings around;
    private final Watchers<CallUpdate, Shown> watchers;
    private final Map<String, Long> edgesHeard = new HashMap<>();
    private final Map<String, Integer> missedReports = new HashMap<>();
    private Set<String> edgesTold = new HashSet<>();

    /// Edges that this node had not seen yet when they were to be told: it has just started.
    private final Set<String> unreached = new HashSet<>();

    private Optional<CallPlan> plan = Optional.empty();
    private boolean oddTick;

    /// @param seq number of the last update that this watcher was sent
    private record Shown(long seq, Optional<CallScreen> screen) {}

    CallOutside(String callId, Surroundings around) {
        this.callId = callId;
        this.around = around;
        this.watchers = new Watchers<>(around.nanoTime());
    }

    /// After a persist and after a recovery.
    void changed(Call call, long seq, Instant now) {
        handOut(call.plan(seq), seq);
        tellQueue(call, seq);
        watchers.each((watcher, shown) -> show(watcher, shown, call, seq, now));
    }

    /// Each second.
    void tick(Call call, long seq) {
        watchers.forgetSilent();
        oddTick = !oddTick;
        if (oddTick) {
            tellQueue(call, seq);
        }
        var now = around.nanoTime().getAsLong();
        plan.ifPresent(
                p -> edgesOf(p).stream().filter(edge -> needsAgain(edge, now)).forEach(edge -> {
                    edgesHeard.put(edge, now);
                    send(edge, p);
                }));
    }

    private boolean needsAgain(String edge, long now) {
        return unreached.contains(edge)
                ? around.edges().fate(edge) == Fate.LIVES
                : now - edgesHeard.computeIfAbsent(edge, _ -> now) > SILENT_EDGE_NANOS;
    }

    /// An edge says which legs it holds. True: it holds the plan, but a leg of it is gone.
    boolean heard(CallMessage.Held held, long seq) {
        edgesHeard.put(held.edge(), around.nanoTime().getAsLong());
        var planned = plan.orElseGet(() -> nothing(seq));
        if (held.planVersion() < planned.version()) {
            held.from().tell(new EdgeMessage.CarryOut(planned));
            return false;
        }
        var missing = planned.legs().stream()
                .filter(leg -> leg.edge().equals(held.edge()))
                .map(CallPlan.LegPlan::legId)
                .filter(leg -> !held.legIds().contains(leg))
                .collect(Collectors.toSet());
        missedReports.keySet().retainAll(missing);
        missing.forEach(leg -> missedReports.merge(leg, 1, Integer::sum));
        return missedReports.values().removeIf(times -> times >= MISSED_REPORTS);
    }

    /// An edge holds a leg and asks whether it shall: the plan says it, and where no plan does, "no".
    void answerEdge(String legId, String edge, ActorRef<EdgeMessage> from, long seq) {
        var planned = plan.orElseGet(() -> nothing(seq));
        from.tell(new EdgeMessage.CarryOut(
                new CallPlan(callId, planned.instanceId(), seq, planned.legs(), planned.line())));
        if (planned.legs().stream()
                .noneMatch(leg -> leg.legId().equals(legId) && leg.edge().equals(edge))) {
            from.tell(new EdgeMessage.LegNotPlanned(callId, legId, plan.isPresent() ? seq : 0));
        }
    }

    /// A queue counts a call that never was: nobody owes it that it has left, so it is said at once.
    void doubted(Doubt doubt, String call, long seq) {
        if (doubt.kind() == Doubt.Kind.WRONG_QUEUE && plan.isEmpty()) {
            around.post()
                    .toQueue(
                            doubt.about(),
                            new QueueMessage.Debt(
                                    Debtor.call(call), "left/" + doubt.about(), new CallToQueue.Left(call, seq)));
        }
    }

    /// An edge of the plan that is gone for good.
    Optional<String> lostEdge() {
        return plan.stream()
                .flatMap(p -> p.legs().stream())
                .map(CallPlan.LegPlan::edge)
                .distinct()
                .filter(edge -> around.edges().fate(edge) == Fate.LOST)
                .findFirst();
    }

    /// The first time the screen at once, and later what the watcher has missed.
    void watched(CallMessage.Watch watch, Call call, long seq, Instant now) {
        var next = new Shown(seq, call.screen());
        if (watch.seen() < watchers.renew(watch.watcher(), next).seq()) {
            watchers.note(watch.watcher(), next);
            watch.watcher().tell(new CallUpdate(callId, seq, call.screen(), now));
        }
    }

    boolean watchedBySomebody() {
        return !watchers.none();
    }

    private void show(ActorRef<CallUpdate> watcher, Shown shown, Call call, long seq, Instant now) {
        var screen = call.screen();
        if (!screen.equals(shown.screen())) {
            watchers.note(watcher, new Shown(seq, screen));
            watcher.tell(new CallUpdate(callId, seq, screen, now));
        }
    }

    /// The whole plan to every edge that has a part in it, and to those that had one before; nothing
    /// when only the number has changed.
    private void handOut(Optional<CallPlan> next, long seq) {
        if (next.map(CallOutside::withoutVersion).equals(plan.map(CallOutside::withoutVersion))) {
            return;
        }
        var all = new HashSet<>(edgesTold);
        next.ifPresent(p -> all.addAll(edgesOf(p)));
        var told = next.orElseGet(() -> nothing(seq));
        all.forEach(edge -> send(edge, told));
        edgesTold = next.map(CallOutside::edgesOf).orElseGet(HashSet::new);
        plan = next;
        missedReports.clear();
    }

    private void send(String edge, CallPlan planned) {
        if (around.edges().fate(edge) == Fate.LIVES) {
            unreached.remove(edge);
        } else {
            unreached.add(edge);
        }
        around.edges().tell(edge, new EdgeMessage.CarryOut(planned));
    }

    private CallPlan nothing(long seq) {
        return new CallPlan(callId, plan.map(CallPlan::instanceId).orElse(""), seq, List.of(), Optional.empty());
    }

    private static Set<String> edgesOf(CallPlan plan) {
        var edges = plan.legs().stream().map(CallPlan.LegPlan::edge).collect(Collectors.toCollection(HashSet::new));
        plan.line().ifPresent(part -> edges.add(part.line().edge()));
        return edges;
    }

    private static CallPlan withoutVersion(CallPlan plan) {
        return new CallPlan(plan.callId(), plan.instanceId(), 0, plan.legs(), plan.line());
    }

    /// A lease while it waits; that it has left is owed, and so not said here.
    private void tellQueue(Call call, long seq) {
        call.waiting(seq)
                .ifPresent(
                        waiting -> around.post().toQueue(waiting.groupId(), new QueueMessage.Waits(waiting.notice())));
    }
}
