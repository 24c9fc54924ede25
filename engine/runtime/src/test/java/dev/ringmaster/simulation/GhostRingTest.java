package dev.ringmaster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.Ringing;
import dev.ringmaster.agent.Served;
import dev.ringmaster.base.Decision;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.ivr.Flows;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A node that was removed and does not know it takes an offer back, and the agent who lives there
/// too, and knows nothing of the offer, agrees. The one who rings hears nothing of that.
class GhostRingTest {
    private static final Flows FLOWLESS = ref -> {
        throw new AssertionError("a call that ends reads no flow: " + ref);
    };

    @Test
    @Spec({"SYS-001", "HOT-014"})
    void a_ring_that_was_withdrawn_in_her_absence_ends_within_five_seconds() {
        var ended = new ArrayList<String>();
        for (var seed = 1; seed <= 20; seed++) {
            var centre = new ContactCentre(new World(seed), Faults.NONE, 1, -1);
            centre.desk("agent0", ContactCentre.GROUPS);
            centre.world.in(9_000, () -> centre.arrives("support-1-plain"));
            ringing(centre).ifPresent(served -> {
                withdrawnElsewhere(centre, served);
                centre.world.run(Duration.ofMillis(6_200)); // the next tick after 5 s, and the way there and back
                assertThat(rings(agent(centre)))
                        .as("seed %s", centre.world.seed)
                        .isEmpty();
                ended.addAll(withdrawals(centre));
            });
        }
        assertThat(ended).contains("unknown");
    }

    private static Agent agent(ContactCentre centre) {
        return centre.folded.agents().getOrDefault("agent0", Agent.unborn("agent0"));
    }

    private static Optional<Served> rings(Agent agent) {
        return agent.duty() instanceof Ringing ? agent.duty().call() : Optional.empty();
    }

    /// Empty when she has answered at once, or was not there.
    private static Optional<Served> ringing(ContactCentre centre) {
        for (var tenth = 0; tenth < 600; tenth++) {
            centre.world.run(Duration.ofMillis(100));
            var served = rings(agent(centre));
            if (served.isPresent()) {
                return served;
            }
        }
        return Optional.empty();
    }

    private static void withdrawnElsewhere(ContactCentre centre, Served served) {
        var key = "call|" + served.callId();
        var call = centre.folded.calls().getOrDefault(served.callId(), Call.unborn(served.callId()));
        var leg = call.plan(1).orElseThrow().legs().getFirst().legId();
        var more = new ArrayList<CallEvent>();
        call = does(
                centre,
                call,
                new CallCommand.Fact(
                        leg, Long.MAX_VALUE, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0))),
                more);
        for (var owed : call.owed()) {
            if (owed instanceof Owed.ToAgent) {
                call = does(centre, call, new CallCommand.Confirm(new Confirmation(owed.key(), true, null)), more);
            }
        }
        centre.cluster.living().forEach(machine -> machine.kill(key));
        assertThat(centre.journal.append(key, centre.journal.of(key).size(), more))
                .isTrue();
        centre.journaled(key, more);
    }

    private static Call does(ContactCentre centre, Call call, CallCommand command, List<CallEvent> more) {
        var decision = call.decide(command, centre.world.now(), FLOWLESS);
        if (!(decision instanceof Decision.Accepted<CallEvent>(var events))) {
            throw new AssertionError(decision);
        }
        more.addAll(events);
        for (var event : events) {
            call = Call.apply(call, event);
        }
        return call;
    }

    private static List<String> withdrawals(ContactCentre centre) {
        return centre.journal.<Object>events("agent|agent0").stream()
                .filter(AgentEvent.OfferWithdrawn.class::isInstance)
                .map(event -> ((AgentEvent.OfferWithdrawn) event).reason())
                .toList();
    }
}
