package dev.ringmaster.simulation;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.agent.Ringing;
import dev.ringmaster.agent.Served;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is true at every moment of a day, storm or not.
final class Checks {
    /// A deadline may be so much late, and a repeat be under way for so long.
    private static final long LATE_MS = 1_500;

    /// So long after the last trouble everybody open is awake: the waker looks each 10 s, and whoever
    /// died may have died on another's account.
    private static final long AWAKE_MS = 60_000;

    /// She asks her call each 5 s, and a question or its answer may get lost or come late.
    private static final long ASKED_MS = 12_000;

    private final ContactCentre centre;
    private final World world;
    private final Map<String, Instant> reserved = new HashMap<>();
    private final Map<String, Instant> asleepSince = new TreeMap<>();
    private final Map<String, Instant> ghostSince = new TreeMap<>();

    Checks(ContactCentre centre) {
        this.centre = centre;
        this.world = centre.world;
    }

    void now() {
        twoKeysToAnEar();
        oneDeskAToken();
        deadlines();
        awake();
        rings();
    }

    /// Two keys to an ear: whoever both the call's plan and her line's plan name, and nobody beside her.
    private void twoKeysToAnEar() {
        var lines = new HashMap<String, LinePlan>();
        centre.folded.agents().forEach((id, agent) -> agent.linePlan(1).ifPresent(plan -> lines.put(id, plan)));
        for (var callId : centre.folded.openCalls()) {
            var call = call(callId);
            call.plan(1)
                    .flatMap(CallPlan::line)
                    .ifPresent(part -> lines.forEach((agentId, line) -> {
                        var heard = line.line().equals(part.line())
                                && line.callId().filter(callId::equals).isPresent();
                        world.expect(!heard || part.agentId().equals(agentId), callId + " is heard by " + agentId);
                        world.expect(!heard || call.waiting(1).isEmpty(), callId + " waits and is heard");
                    }));
        }
    }

    private void oneDeskAToken() {
        var tokens = new HashSet<String>();
        var calls = new HashSet<String>();
        centre.folded
                .agents()
                .forEach((id, agent) -> agent.duty().call().ifPresent(served -> {
                    world.expect(tokens.add(served.token()), served.token() + " rings at two desks");
                    var first = calls.add(served.callId());
                    world.expect(
                            first || !centre.faults.quiet(), served.callId() + " is at two desks without any fault");
                }));
    }

    private void deadlines() {
        for (var machine : centre.cluster.living()) {
            for (var live : machine.running()) {
                if (live instanceof Entity<?, ?, ?> entity) {
                    var late = entity.deadline()
                            .filter(d -> d.plusMillis(LATE_MS).isBefore(machine.clock.instant()))
                            .filter(_ ->
                                    entity.readySince().isBefore(world.now().minusMillis(LATE_MS)));
                    world.expect(late.isEmpty(), entity.key() + " is over its deadline in " + entity.state());
                }
            }
        }
    }

    /// Every open id of the journal has a live entity.
    private void awake() {
        var living = centre.cluster.living();
        for (var callId : centre.folded.openCalls()) {
            awake(living, "call|" + callId);
        }
        centre.folded.agents().forEach((id, agent) -> {
            if (agent.open()) {
                awake(living, "agent|" + id);
            }
        });
    }

    private void awake(List<Machine> living, String key) {
        if (living.stream().anyMatch(m -> m.running(key).isPresent())) {
            asleepSince.remove(key);
            return;
        }
        var since = asleepSince.computeIfAbsent(key, _ -> world.now());
        var troubled = centre.cluster.troubled();
        var from = troubled.isAfter(since) ? troubled : since;
        world.expect(
                !from.plusMillis(AWAKE_MS).isBefore(world.now()),
                key + " is open and asleep since " + asleepSince.get(key));
    }

    /// A ringing agent's token is known to its call; whoever is withdrawn hears it while both are there.
    /// But when two write for her, the one that knows less may have agreed to a withdrawal: then she
    /// rings on until she has asked the call.
    private void rings() {
        if (centre.journal.twoWritersWithin(ASKED_MS)) {
            ghostSince.clear();
            return;
        }
        centre.folded.agents().forEach((id, agent) -> {
            var served = agent.duty() instanceof Ringing ? agent.duty().call() : Optional.<Served>empty();
            var ghost = served.filter(s -> !(known(s.callId()).owed().stream()
                            .anyMatch(o -> o.key().endsWith(s.token()))
                    || known(s.callId())
                            .screen()
                            .filter(screen -> screen.phase().equals("RINGING")
                                    && screen.agentId().filter(id::equals).isPresent())
                            .isPresent()));
            if (ghost.isEmpty()) {
                ghostSince.remove(id);
            } else {
                var since = ghostSince.computeIfAbsent(id, _ -> world.now());
                world.expect(
                        since.plusMillis(LATE_MS).isAfter(world.now()),
                        id + " rings for " + ghost.get() + ", of which the call knows nothing: "
                                + known(ghost.get().callId()));
            }
        });
    }

    private Call known(String callId) {
        return centre.folded.calls().getOrDefault(callId, Call.unborn(callId));
    }

    private Call call(String callId) {
        var call = centre.folded.calls().get(callId);
        if (call == null) {
            throw new AssertionError(callId);
        }
        return call;
    }

    /// First come first served, as far as the queue can know: whoever waits before this call, for
    /// longer than a lease, is being offered too.
    void reserves(String groupId, String callId) {
        reserved.put(callId, world.now());
        var known = centre.folded.calls().get(callId);
        if (known == null || !centre.faults.quiet()) {
            return;
        }
        known.waiting(1).map(w -> w.notice().since()).ifPresent(since -> {
            for (var otherId : centre.folded.openCalls()) {
                call(otherId)
                        .waiting(1)
                        .filter(w -> w.groupId().equals(groupId) && !w.notice().offered())
                        .filter(w -> w.notice().since().isBefore(since))
                        .filter(w -> w.notice().since().plusMillis(2_500).isBefore(world.now()))
                        .ifPresent(_ -> world.expect(
                                reserved.getOrDefault(otherId, Instant.MIN)
                                        .plusMillis(4_000)
                                        .isAfter(world.now()),
                                callId + " is served before " + otherId + ", which came first"));
            }
        });
    }
}
