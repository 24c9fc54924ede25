package dev.ringmaster.simulation;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A customer and his telephone: he calls or is called, hears prompts, presses keys, and hangs up whenever he likes.
final class Phone {
    private enum Stage {
        CALLING,
        CALLED,
        TALKING,
        OVER
    }

    /// So long a caller listens to nothing.
    private static final long NOTHING_HEARD_MS = 32_000;

    final String legId;
    private final World world;
    private Telephone at;
    private Stage stage;
    private Instant changed;
    private String end = "";

    Phone(World world, Telephone at, String legId, boolean calls) {
        this.world = world;
        this.at = at;
        this.legId = legId;
        this.stage = calls ? Stage.CALLING : Stage.CALLED;
        this.changed = world.now();
    }

    boolean over() {
        return stage == Stage.OVER;
    }

    /// In a conversation with an edge that is dead: he hears nothing.
    boolean abandoned() {
        return stage == Stage.TALKING && !at.alive();
    }

    Telephone at() {
        return at;
    }

    String end() {
        return end;
    }

    Instant changed() {
        return changed;
    }

    private void stage(Stage next) {
        stage = next;
        changed = world.now();
    }

    // ---- he calls

    void calls(String number) {
        at.invited(this, legId, number);
        world.in(patience(), this::hangsUp);
        world.in(NOTHING_HEARD_MS, () -> {
            if (stage == Stage.CALLING) {
                hangsUp();
            }
        });
    }

    private long patience() {
        if (world.chance(0.1)) {
            return world.between(10, 1_500);
        }
        return world.chance(0.2) ? world.between(100, 8_000) : world.between(5_000, 240_000);
    }

    boolean answered(Telephone by) {
        if (stage != Stage.CALLING || by != at) {
            return false;
        }
        stage(Stage.TALKING);
        return true;
    }

    // ---- he is called

    void isCalled(String callId, Duration ringFor) {
        var answersAfter = world.between(800, 9_000);
        if (world.chance(0.8)) {
            world.in(world.between(100, 700), () -> says(new LegFact.Progress(180, world.chance(0.3))));
        }
        if (world.chance(0.6)) {
            world.in(answersAfter, () -> {
                if (stage == Stage.CALLED && at.alive()) {
                    stage(Stage.TALKING);
                    at.says(legId, new LegFact.Established(Phones.dialog(legId, true)));
                    world.in(world.between(200, 60_000), this::hangsUp);
                }
            });
        } else if (world.chance(0.5)) {
            world.in(answersAfter, () -> refuses(new LegEnd(LegEnd.How.REFUSED, 486, 17)));
        }
        world.in(ringFor.toMillis(), () -> refuses(new LegEnd(LegEnd.How.RING_TIMEOUT, 0, 0)));
    }

    private void refuses(LegEnd with) {
        if (stage == Stage.CALLED) {
            over("not answered");
            at.ends(legId, with);
        }
    }

    private void says(LegFact fact) {
        if (!over()) {
            at.says(legId, fact);
        }
    }

    // ---- in the call

    /// A prompt begins.
    void hears(Telephone by, String leg) {
        if (world.chance(0.7)) {
            var key = world.chance(0.7) ? "1" : world.chance(0.5) ? "2" : "9";
            world.in(world.between(200, 5_000), () -> {
                if (stage == Stage.TALKING && by == at) {
                    by.says(leg, new LegFact.Digit(new Said(key)));
                }
            });
        }
    }

    void hangsUp() {
        if (!over()) {
            over("hung up");
            at.ends(legId, new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0));
        }
    }

    void hungUpOn(String how) {
        if (!over()) {
            over(how);
        }
    }

    private void over(String how) {
        world.trace(legId + " is over: " + how);
        end = how;
        stage(Stage.OVER);
    }

    /// A re-INVITE from another edge.
    boolean takenOver(@Nullable Telephone by) {
        if (stage != Stage.TALKING || by == null) {
            return false;
        }
        at = by;
        return true;
    }
}
