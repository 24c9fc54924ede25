package dev.ringmaster.call;

import static dev.ringmaster.call.Histories.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.FlowRef;
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

/// Thousands of calls that are told anything at any time.
@Spec({"HOT-019", "HOT-021", "SYS-002"})
class CallWalkTest {
    private static final int WALKS = 3_000;
    private static final int STEPS = 50;

    private final long seed = Long.getLong("ringmaster.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Set<Object> seen = new HashSet<>();
    private long facts;

    @Test
    void whatever_is_told_the_state_is_the_fold_of_the_events_and_the_phases_add_up() {
        System.out.println("call walks: seed " + seed);
        for (var i = 0; i < WALKS; i++) {
            walk();
        }
        assertThat(seen).contains(Unborn.class).contains((Object[]) Live.class.getPermittedSubclasses());
    }

    private void walk() {
        facts = 0;
        var call = Call.unborn("c1");
        var events = new ArrayList<CallEvent>();
        var now = NINE;
        for (var step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(6_000));
            var due = call.deadline();
            if (due.isPresent() && random.nextInt(10) > 0 && due.get().isBefore(now)) {
                now = due.get();
            }
            if (call.decide(command(call), now, FLOWS) instanceof Decision.Accepted<CallEvent>(var next)) {
                for (var event : next) {
                    call = Call.apply(call, event);
                }
                events.addAll(next);
            }
            call = fallDue(call, events, now);
            check(call, events, now);
        }
        var again = Call.unborn("c1");
        for (var event : events) {
            again = Call.apply(again, event);
        }
        assertThat(again).as("seed %s: replay", seed).isEqualTo(call);
    }

    private Call fallDue(Call call, List<CallEvent> events, Instant now) {
        for (var i = 0; call.deadline().filter(d -> !now.isBefore(d)).isPresent(); i++) {
            assertThat(i).as("seed %s: deadlines without end in %s", seed, call).isLessThan(6);
            var next = accepted(call, now);
            assertThat(next).as("seed %s: due in %s", seed, call).isNotEmpty();
            events.addAll(next);
            for (var event : next) {
                call = Call.apply(call, event);
            }
        }
        assertThat(accepted(call, now)).as("seed %s: early in %s", seed, call).isEmpty();
        return call;
    }

    private static List<CallEvent> accepted(Call call, Instant now) {
        return call.decide(new CallCommand.DeadlinePassed(), now, FLOWS) instanceof Decision.Accepted<CallEvent>(var e)
                ? e
                : List.of();
    }

    private void check(Call call, List<CallEvent> events, Instant now) {
        seen.add(call.getClass());
        if (!(call instanceof Live live)) {
            return;
        }
        assertThat(live.file().events()).isEqualTo(events.size());
        assertThat(call.owed().size()).as("seed %s: %s", seed, call.owed()).isLessThan(20);
        var plan = call.plan(events.size()).orElseThrow();
        assertThat(plan.line().isPresent() && call.waiting(1).isPresent()).isFalse();
        assertThat(call.waiting(1).isPresent()).isEqualTo(live instanceof Queued || live instanceof Offered);
        if (live instanceof Ended) {
            assertThat(plan.legs()).allMatch(l -> l.signal() instanceof CallPlan.Signal.Close);
        } else {
            assertThat(plan.legs())
                    .as("seed %s: a live call without a leg: %s", seed, call)
                    .isNotEmpty();
        }
        // A good-bye to a queue is newer than anything the queue was told before.
        for (var debt : call.owed()) {
            if (debt instanceof Owed.ToQueue(var key, var group, CallToQueue.Left left)) {
                assertThat(left.order()).isLessThanOrEqualTo(events.size());
                assertThat(call.waiting(1).filter(w -> w.groupId().equals(group)))
                        .as(key)
                        .isEmpty();
            }
        }
        phasesAddUp(live, events, now);
    }

    private void phasesAddUp(Live call, List<CallEvent> events, Instant now) {
        var phases = CallPhases.of(events).all();
        var end = call instanceof Ended e ? e.since() : now;
        var at = call.file().birth().at();
        for (var phase : phases) {
            assertThat(phase.startedAt()).as("seed %s: gap in %s", seed, phases).isEqualTo(at);
            at = phase.endedAt().orElse(end);
        }
        assertThat(at).as("seed %s: %s", seed, phases).isEqualTo(end);
        var held = phases.stream()
                .filter(p -> p.kind().equals("hold") && p.endedAt().isPresent())
                .map(p -> p.length(now))
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(held).as("seed %s", seed).isEqualTo(call.file().held());
    }

    private CallCommand command(Call call) {
        if (call instanceof Unborn && random.nextInt(3) > 0) {
            return random.nextInt(4) == 0
                    ? dial("c1")
                    : arrive(
                            List.of(MENU, DIRECT, DIRECT, CIRCLE, new FlowRef("none", 1))
                                    .get(random.nextInt(5)),
                            random.nextBoolean() ? Optional.of(3) : Optional.empty());
        }
        var token = token(call).filter(_ -> random.nextInt(8) > 0).orElse("t" + random.nextInt(9));
        var agent = random.nextInt(6) == 0 ? "bob" : "ann";
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3, 4, 5 -> fact(call);
            case 6 ->
                random.nextInt(8) == 0
                        ? new CallCommand.EdgeLost(
                                "edge1#1", random.nextBoolean() ? Optional.of("edge1#2") : Optional.empty())
                        : new CallCommand.DeadlinePassed();
            case 7, 8, 9 -> new CallCommand.FromQueue(offer("t" + random.nextInt(1000), "ann"));
            case 10 ->
                random.nextInt(8) == 0
                        ? new CallCommand.FromQueue(new QueueToCall.NobodyOnDuty("support"))
                        : dial("c1");
            case 11, 12 -> new CallCommand.FromAgent(new AgentToCall.Answered("c1", token, agent, agent, LINE));
            case 13 ->
                new CallCommand.FromAgent(
                        random.nextBoolean()
                                ? new AgentToCall.Missed("c1", token, agent, "noAnswer")
                                : new AgentToCall.Lost("c1", token, agent));
            case 14 ->
                new CallCommand.FromAgent(new AgentToCall.ServedBy(
                        "c1",
                        token,
                        agent,
                        random.nextInt(9),
                        random.nextBoolean() ? Optional.empty() : Optional.of(new LineRef("edge1#1", "l2"))));
            case 15 -> random.nextBoolean() ? new CallCommand.Hold(agent) : new CallCommand.Resume(agent);
            case 16 ->
                random.nextBoolean()
                        ? new CallCommand.Mute(agent, random.nextBoolean())
                        : new CallCommand.SendDigits(agent, "d" + random.nextInt(40), new Said("1#"));
            case 17 -> random.nextInt(3) == 0 ? new CallCommand.HangUp(agent) : new CallCommand.Resume(agent);
            default ->
                new CallCommand.Confirm(new Confirmation(
                        call.owed().stream().findFirst().map(Owed::key).orElse("none"), random.nextInt(5) > 0, null));
        };
    }

    private static Optional<String> token(Call call) {
        return switch (call) {
            case Offered o -> Optional.of(o.token());
            case Talking t -> Optional.of(t.token());
            case DialingOut d -> Optional.of(d.dialled().token());
            default -> Optional.empty();
        };
    }

    private CallCommand fact(Call call) {
        var leg = call instanceof Live live ? live.file().customer().legId() : "leg1";
        var prompt = call instanceof Live live ? live.file().generation() : 1;
        var seq = random.nextInt(6) == 0 ? 1 + random.nextInt(50) : ++facts;
        return new CallCommand.Fact(
                leg,
                seq,
                switch (random.nextInt(14)) {
                    case 0, 1 -> new LegFact.Progress(180 + random.nextInt(4), random.nextBoolean());
                    case 2, 3 -> new LegFact.Established(DIALOG);
                    case 4, 5, 6 -> new LegFact.Digit(new Said("" + random.nextInt(10)));
                    case 7, 8, 9, 10 ->
                        new LegFact.PromptEnded(
                                random.nextInt(6) == 0 ? prompt - 1 : prompt,
                                Duration.ofSeconds(1),
                                random.nextBoolean());
                    case 11 -> new LegFact.MediaTimeout(Duration.ofSeconds(30));
                    case 12 -> new LegFact.Quality(1, 0, 0, 0);
                    default ->
                        random.nextInt(3) > 0
                                ? new LegFact.Progress(180, false)
                                : new LegFact.Ended(new LegEnd(
                                        List.of(LegEnd.How.values()).get(random.nextInt(7)),
                                        random.nextBoolean() ? 486 : 0,
                                        0));
                });
    }
}
