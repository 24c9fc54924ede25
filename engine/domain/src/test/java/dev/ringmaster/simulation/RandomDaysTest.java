package dev.ringmaster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.base.Decision;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallPhases;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsCommand;
import dev.ringmaster.tenant.SeatsEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Random days of a small contact centre: customers call, press, wait and hang up; agents answer,
/// miss, dial, lose their
/// network; messages get lost, come twice and late; everybody crashes now and then. Then it grows calm, and nobody may
/// be left behind. Another seed: `-Dringmaster.seed=…`.
@Spec({"HOT-014", "HOT-021", "AGT-013", "AGT-015", "SYS-001", "SYS-002"})
class RandomDaysTest {
    private static final int DAYS = Integer.getInteger("ringmaster.days", 300);

    /// A busy machine plays fewer days.
    private static final Duration AT_MOST = Duration.ofSeconds(Integer.getInteger("ringmaster.days.seconds", 15));

    @Test
    void no_call_is_offered_twice_or_lost_and_nobody_is_stuck() {
        var first = Long.getLong("ringmaster.seed", System.nanoTime());
        var end = System.nanoTime() + AT_MOST.toNanos();
        var talked = 0;
        var day = 0;
        while (day < DAYS && (day < 3 || System.nanoTime() < end)) {
            talked += day(first + day++);
        }
        System.out.println("random days: seeds from " + first + ", " + day + " days, " + talked + " conversations");
        assertThat(talked).isGreaterThan(day);
    }

    private static int day(long seed) {
        var centre = new ContactCentre(seed);
        var world = centre.world;
        for (var i = 0; i < 5; i++) {
            var groups = i == 0 ? List.of("support", "sales") : List.of(i < 4 ? "support" : "sales");
            var id = "agent" + i;
            centre.agents.put(id, new AgentNode(centre, id, groups));
        }
        world.every(1_000, () -> storm(centre));
        world.every(151, () -> check(centre));
        world.run(Duration.ofMinutes(6));
        world.calm = true;
        world.run(Duration.ofSeconds(150));
        aligned(centre);
        world.run(Duration.ofMinutes(6));
        over(centre);
        return (int) centre.calls.values().stream()
                .filter(c -> c.state.screen().flatMap(s -> s.agentId()).isPresent())
                .count();
    }

    private static void storm(ContactCentre centre) {
        var world = centre.world;
        if (world.calm) {
            return;
        }
        if (world.chance(0.12)) {
            centre.arrives();
        }
        if (world.chance(0.03)) {
            centre.queue(world.random.nextBoolean() ? "support" : "sales").crash();
        }
        for (var call : centre.open()) {
            if (world.chance(0.004)) {
                call.crash(world.between(1, 6_000));
            }
            if (world.chance(0.0005)) {
                call.customer.edgeDies();
                edgeLost(call, Optional.of("edge#2"));
            }
        }
        for (var agent : centre.agents.values()) {
            if (world.chance(0.01)) {
                agent.crash(world.between(1, 6_000));
            }
        }
    }

    /// Told until the call is up and has heard it.
    private static void edgeLost(CallNode call, Optional<String> successor) {
        if (call.down()) {
            call.world.in(500, () -> edgeLost(call, successor));
        } else {
            call.tell(new CallCommand.EdgeLost(ContactCentre.EDGE, successor));
        }
    }

    /// True at every moment, storm or not.
    private static void check(ContactCentre centre) {
        var lines = new HashMap<String, LinePlan>();
        for (var agent : centre.agents.values()) {
            agent.state.linePlan(1).ifPresent(plan -> lines.put(agent.id, plan));
        }
        for (var call : centre.open()) {
            // Two keys to an ear: whoever both the call's plan and her line's plan name.
            call.state
                    .plan(1)
                    .flatMap(CallPlan::line)
                    .ifPresent(part -> lines.forEach((agentId, line) -> {
                        var heard = line.line().equals(part.line())
                                && line.callId().filter(call.id::equals).isPresent();
                        centre.expect(!heard || part.agentId().equals(agentId), call.id + " is heard by " + agentId);
                        centre.expect(!heard || call.state.waiting(1).isEmpty(), call.id + " waits and is heard");
                    }));
            var late = call.state.deadline().filter(d -> d.plusSeconds(8).isBefore(centre.world.now()));
            centre.expect(late.isEmpty(), call.id + " is over its deadline in " + call.state);
        }
        var tokens = new HashSet<String>();
        for (var agent : centre.agents.values()) {
            agent.state
                    .duty()
                    .call()
                    .ifPresent(served ->
                            centre.expect(tokens.add(served.token()), served.token() + " rings at two desks"));
            var late = agent.state.deadline().filter(d -> d.plusSeconds(8).isBefore(centre.world.now()));
            centre.expect(late.isEmpty(), agent.id + " is over her deadline in " + agent.state.duty());
        }
    }

    /// After a while of calm everybody knows the same.
    private static void aligned(ContactCentre centre) {
        for (var agent : centre.agents.values()) {
            agent.state.duty().call().ifPresent(served -> {
                var call = centre.call(served.callId()).state;
                centre.expect(
                        call.open() || call.startedAt().isEmpty(),
                        agent.id + " serves " + served.callId() + ", which is over and owes nothing");
                centre.expect(
                        call.screen()
                                        .flatMap(s -> s.agentId())
                                        .filter(agent.id::equals)
                                        .isPresent()
                                || agent.state.owed().stream()
                                        .anyMatch(o -> o.key().startsWith("dial/")),
                        agent.id + " serves " + served.callId() + ", which does not know her: " + call);
            });
            centre.expect(agent.state.owed().size() < 3, agent.id + " still owes " + agent.state.owed());
        }
        for (var call : centre.calls.values()) {
            call.state.waiting(1).ifPresent(w -> {
                var board = centre.queue(w.groupId()).board();
                centre.expect(
                        board.callers().stream().anyMatch(c -> c.callId().equals(call.id)),
                        call.id + " waits, and its queue does not know");
            });
        }
    }

    /// Long after the last call: all is settled.
    private static void over(ContactCentre centre) {
        for (var call : centre.calls.values()) {
            centre.expect(!call.state.open(), call.id + " is still open: " + call.state);
            var phases = CallPhases.of(call.events).all();
            for (var i = 1; i < phases.size(); i++) {
                centre.expect(
                        phases.get(i - 1)
                                .endedAt()
                                .equals(Optional.of(phases.get(i).startedAt())),
                        "gap in the phases of " + call.id);
            }
            call.crash(1);
        }
        for (var agent : centre.agents.values()) {
            var state = agent.state.screen().state();
            centre.expect(
                    List.of("IDLE", "BREAK", "ACW", "OFF").contains(state)
                            && agent.state.owed().isEmpty(),
                    agent.id + " is stuck in " + agent.state);
            agent.crash(1);
        }
        for (var group : List.of("support", "sales")) {
            var board = centre.queue(group).board();
            centre.expect(board.callers().isEmpty(), group + " still shows " + board.callers());
        }
        centre.world.run(Seats.HOLD_FOR);
        Decision<SeatsEvent> lapses = centre.seats.decide(new SeatsCommand.DeadlinePassed(), centre.world.now());
        if (lapses instanceof Decision.Accepted<SeatsEvent>(var events)) {
            events.forEach(e -> centre.seats = Seats.apply(centre.seats, e));
        }
        var working = centre.agents.values().stream()
                .filter(a -> a.state.seat().isPresent())
                .count();
        centre.expect(centre.seats.inUse() == working, "seats " + centre.seats + ", at work " + working);
    }
}
