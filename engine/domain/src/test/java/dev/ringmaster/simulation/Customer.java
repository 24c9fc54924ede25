package dev.ringmaster.simulation;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import java.time.Duration;
import java.util.TreeMap;

/// A person at a telephone, and the edge that holds the leg: carries plans out, reports facts until they are confirmed.
final class Customer {
    private final CallNode call;
    private final World world;
    private final TreeMap<Long, LegFact> unconfirmed = new TreeMap<>();
    private String legId = "";
    private String edge = ContactCentre.EDGE;
    private long facts;
    private long version;
    private long prompt;
    private boolean answered;
    private boolean over;
    private boolean dead;

    Customer(CallNode call) {
        this.call = call;
        this.world = call.world;
        world.everyWhile(1_000, () -> {
            report();
            return !over || !unconfirmed.isEmpty() || call.state.open();
        });
    }

    void arrives(String leg) {
        legId = leg;
        world.in(world.between(2_000, 240_000), () -> ends(LegEnd.How.REMOTE_HUNG_UP, 0));
    }

    void carryOut(CallPlan plan) {
        if (plan.version() < version || plan.legs().isEmpty()) {
            return;
        }
        version = plan.version();
        var leg = plan.legs().getFirst();
        legId = leg.legId();
        if (dead && !leg.edge().equals(edge) && leg.signal() instanceof CallPlan.Signal.Close) {
            dead = false; // the successor says BYE from the journaled dialog
            edge = leg.edge();
            over = false;
        }
        switch (leg.signal()) {
            case CallPlan.Signal.Close _ -> world.in(30, () -> ends(LegEnd.How.CLOSED, 0));
            case CallPlan.Signal.Invite _ -> dialled();
            default -> {
                if (!answered) {
                    answered = true;
                    fact(new LegFact.Established(ContactCentre.DIALOG));
                }
            }
        }
        if (leg.hears() instanceof CallPlan.Hears.Prompt(var generation, var _) && generation > prompt) {
            prompt = generation;
            hears(generation);
        }
    }

    private void hears(long generation) {
        world.in(1_500, () -> {
            if (prompt == generation) {
                fact(new LegFact.PromptEnded(generation, Duration.ofMillis(1_500), true));
            }
        });
        if (world.chance(0.7)) {
            var key = world.chance(0.7) ? "1" : "5";
            world.in(world.between(200, 5_000), () -> {
                if (!over) {
                    fact(new LegFact.Digit(new Said(key)));
                }
            });
        }
    }

    private void dialled() {
        if (answered) {
            return;
        }
        answered = true;
        fact(new LegFact.Progress(180, false));
        if (world.chance(0.6)) {
            world.in(world.between(500, 8_000), () -> {
                if (!over) {
                    fact(new LegFact.Established(ContactCentre.DIALOG));
                    world.in(world.between(1_000, 60_000), () -> ends(LegEnd.How.REMOTE_HUNG_UP, 0));
                }
            });
        } else {
            world.in(world.between(500, 8_000), () -> ends(LegEnd.How.REFUSED, 486));
        }
    }

    private void ends(LegEnd.How how, int status) {
        if (!over) {
            over = true;
            fact(new LegFact.Ended(new LegEnd(how, status, 0)));
        }
    }

    /// The edge is gone with all that it knew.
    void edgeDies() {
        dead = true;
        over = true;
        unconfirmed.clear();
    }

    private void fact(LegFact fact) {
        if (!dead) {
            var number = ++facts;
            unconfirmed.put(number, fact);
            send(number, fact);
        }
    }

    private void report() {
        new TreeMap<>(unconfirmed).forEach(this::send);
    }

    private void send(long number, LegFact fact) {
        world.send(() -> call.tell(
                new CallCommand.Fact(legId, number, fact), _ -> world.send(() -> unconfirmed.remove(number))));
    }
}
