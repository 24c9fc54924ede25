package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.agent.AgentEvent.Wish;
import dev.ringmaster.base.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Break and off duty asked for while a call or a note stands in the way: noted, and carried out when that ends (T14,
/// T15).
final class Wishes {
    private Wishes() {}

    static Decision<AgentEvent> note(Agent agent, boolean off, Optional<BreakReason> reason, Instant now) {
        var wish = Optional.of(new Wish(off, reason));
        return wish.equals(agent.wish()) ? nothing() : accept(new AgentEvent.WishNoted(wish, now));
    }

    /// The events of her wish, none where she has none.
    static List<AgentEvent> carryOut(Agent agent, Instant now) {
        return agent.wish()
                .map(wish -> List.<AgentEvent>of(
                        wish.off()
                                ? new AgentEvent.WorkEnded("manual", agent.agentId(), now)
                                : new AgentEvent.BreakStarted("manual", wish.reason(), now)))
                .orElse(List.of());
    }

    /// An offer came to nothing through no fault of hers: idle again, unless she wished otherwise.
    static List<AgentEvent> then(Agent agent, AgentEvent event, Instant now) {
        var events = new ArrayList<AgentEvent>();
        events.add(event);
        events.addAll(carryOut(agent, now));
        return events;
    }

    /// She missed an offer and is in that break now; only a wish to go off duty still means something.
    static List<AgentEvent> afterMiss(Agent agent, AgentEvent missed, Instant now) {
        return agent.wish().filter(Wish::off).isPresent() ? then(agent, missed, now) : List.of(missed);
    }
}
