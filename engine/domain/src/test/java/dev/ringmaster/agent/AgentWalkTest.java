package dev.ringmaster.agent;

import static dev.ringmaster.agent.Histories.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Thousands of agents who are sent anything at any time.
@Spec({"AGT-001", "AGT-013", "SYS-002"})
class AgentWalkTest {
    private static final int WALKS = 2_000;
    private static final int STEPS = 60;

    private final long seed = Long.getLong("ringmaster.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Set<Object> seen = new HashSet<>();

    @Test
    void whatever_is_sent_the_state_is_the_fold_of_the_events_and_deadlines_come_true() {
        System.out.println("agent walks: seed " + seed);
        for (var i = 0; i < WALKS; i++) {
            walk();
        }
        assertThat(seen).containsExactlyInAnyOrder((Object[]) Duty.class.getPermittedSubclasses());
    }

    private void walk() {
        var agent = Agent.unborn("ann");
        var events = new ArrayList<AgentEvent>();
        var now = NINE;
        for (var step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(8_000));
            var due = agent.deadline();
            if (due.isPresent() && random.nextInt(10) > 0 && due.get().isBefore(now)) {
                now = due.get();
            }
            var command = command(agent);
            if (agent.decide(command, now) instanceof Decision.Accepted<AgentEvent>(var next)) {
                events.addAll(next);
                agent = after(agent, next);
            }
            agent = fallDue(agent, events, now);
            check(agent, events);
        }
        assertThat(after(Agent.unborn("ann"), events))
                .as("seed %s: replay", seed)
                .isEqualTo(agent);
    }

    /// A deadline that has passed always has something to say, and is then another one.
    private Agent fallDue(Agent agent, List<AgentEvent> events, Instant now) {
        for (var i = 0; agent.deadline().filter(d -> !now.isBefore(d)).isPresent(); i++) {
            assertThat(i).as("seed %s: deadlines without end", seed).isLessThan(5);
            var next = accepted(agent, new AgentCommand.DeadlinePassed(), now);
            assertThat(next)
                    .as("seed %s: due %s in %s", seed, agent.deadline(), agent.duty())
                    .isNotEmpty();
            events.addAll(next);
            agent = after(agent, next);
        }
        assertThat(accepted(agent, new AgentCommand.DeadlinePassed(), now))
                .as("seed %s: early", seed)
                .isEmpty();
        return agent;
    }

    private void check(Agent agent, List<AgentEvent> events) {
        seen.add(agent.duty().getClass());
        assertThat(agent.screen().state()).isEqualTo(agent.duty().name());
        assertThat(agent.debts().size())
                .as("seed %s: debts %s", seed, agent.debts())
                .isLessThan(40);
        assertThat(agent.reservation().isEmpty() || agent.canRing())
                .as("seed %s: held but cannot ring", seed)
                .isTrue();
        assertThat(agent.seat().isPresent()).isEqualTo(!(agent.duty() instanceof Off));
        agent.linePlan(events.size()).ifPresent(plan -> {
            assertThat(plan.fence()).isLessThanOrEqualTo(agent.fence());
            assertThat(plan.keep() ? agent.serving() : Optional.empty()).isEqualTo(plan.callId());
        });
        for (var notice : agent.queueNotices(events.size())) {
            assertThat(!notice.notice().free()
                            || (agent.duty() instanceof Idle
                                    && agent.reservation().isEmpty()))
                    .isTrue();
        }
    }

    private AgentCommand command(Agent agent) {
        var fence = random.nextInt(20) == 0 ? agent.fence() - 1 : agent.fence();
        var call = agent.duty().call();
        var token = call.map(Served::token)
                .or(() -> agent.reservation().map(Agent.Reservation::token))
                .filter(_ -> random.nextInt(8) > 0)
                .orElse("t" + random.nextInt(6));
        var callId = call.map(Served::callId)
                .or(() -> agent.reservation().map(Agent.Reservation::callId))
                .filter(_ -> random.nextInt(8) > 0)
                .orElse("c" + random.nextInt(6));
        var line = new LineRef("edge1#1", "l" + random.nextInt(4));
        return switch (random.nextInt(26)) {
            case 0, 1 ->
                new AgentCommand.OpenSession(
                        "s" + random.nextInt(9),
                        random.nextInt(9) == 0 ? new AgentProfile("demo", "Ann", List.of()) : ANN,
                        agent.presence().resumeHashes().stream().findAny().filter(_ -> random.nextBoolean()),
                        "h" + random.nextInt(1000),
                        random.nextBoolean());
            case 2 ->
                random.nextInt(3) > 0
                        ? new AgentCommand.ContinueWork(fence)
                        : new AgentCommand.SessionLost(fence, random.nextBoolean());
            case 3, 4 -> new AgentCommand.LineOpened(fence, line);
            case 5 ->
                new AgentCommand.LineLost(agent.presence()
                        .line()
                        .filter(_ -> random.nextBoolean())
                        .orElse(line));
            case 6, 7 -> new AgentCommand.StartWork(fence, "seat" + random.nextInt(1000));
            case 8 -> new AgentCommand.TakeBreak(fence, BreakReason.REST);
            case 9 -> random.nextInt(3) > 0 ? new AgentCommand.ContinueWork(fence) : new AgentCommand.GoOffWork(fence);
            case 10, 11 -> new AgentCommand.ContinueWork(fence);
            case 12, 13 -> new AgentCommand.Answer(fence, callId);
            case 14 -> dial(fence, "x" + random.nextInt(9));
            case 15 ->
                new AgentCommand.SaveNote(
                        fence,
                        agent.notes().stream()
                                .findFirst()
                                .map(Agent.Note::callId)
                                .orElse(callId),
                        "a",
                        "b",
                        new Said("c"));
            case 16 -> new AgentCommand.SetAutoAnswer(fence, random.nextBoolean());
            case 17 ->
                random.nextInt(9) == 0 ? new AgentCommand.ForceOff("admin") : new AgentCommand.CancelPending(fence);
            case 18, 19 ->
                new AgentCommand.FromQueue(
                        new QueueToAgent.Reserve("t" + random.nextInt(1000), callId, "support", Duration.ofSeconds(2)));
            case 20 ->
                random.nextBoolean()
                        ? new AgentCommand.FromQueue(new QueueToAgent.Release(token))
                        : new AgentCommand.FromCall(new CallToAgent.Withdrawn(callId, token, "hungUp"));
            case 21, 22 ->
                new AgentCommand.FromCall(new CallToAgent.Ring(
                        callId, token, Duration.ofSeconds(30), card(callId, random.nextBoolean())));
            case 23 ->
                random.nextBoolean()
                        ? new AgentCommand.FromCall(new CallToAgent.Ended(callId, token, EndedBy.CALLER, "SUCCESS"))
                        : random.nextBoolean()
                                ? new AgentCommand.FromCall(new CallToAgent.DialAnswered(callId, token))
                                : new AgentCommand.FromCall(new CallToAgent.DialFailed(callId, token, "BUSY"));
            default ->
                new AgentCommand.Confirm(new Confirmation(
                        agent.owed().stream().findFirst().map(Owed::key).orElse("none"), random.nextInt(4) > 0, null));
        };
    }
}
