package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The caller waits, and one agent is asked. He still hears music and keeps his place.
///
/// @param ringing since when she is known to ring
record Offered(
        CallFile file,
        Place place,
        Set<String> passedOver,
        String agentId,
        String agentName,
        String token,
        Optional<Instant> ringing,
        Instant since)
        implements Live {
    /// Longer keeps the caller with an agent who cannot be reached; shorter calls off offers on a busy cluster.
    static final Duration CONFIRM_WITHIN = Duration.ofSeconds(3);

    /// After the ring time: the agent's own timer speaks first, ours only when nothing is heard from her.
    static final Duration HEAR_WITHIN = Duration.ofSeconds(5);

    Offered {
        passedOver = Set.copyOf(passedOver);
    }

    @Override
    public Offered with(CallFile other) {
        return new Offered(other, place, passedOver, agentId, agentName, token, ringing, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.FromAgent(AgentToCall.Answered answered)
            when answered.token().equals(token) -> accept(connected(answered, now));
            case CallCommand.FromAgent(AgentToCall.Missed missed)
            when missed.token().equals(token) -> accept(ended(missed.cause(), now));
            case CallCommand.FromAgent(AgentToCall.Lost lost)
            when lost.token().equals(token) -> accept(ended("lost", now));
            case CallCommand.FromQueue(QueueToCall.Offer offer) ->
                offer.token().equals(token)
                        ? nothing()
                        : refuse("AlreadyOffered", "The call is being offered to another agent.");
            case CallCommand.DeadlinePassed _
            when !now.isBefore(due()) -> accept(ended(ringing.isPresent() ? "silent" : "unconfirmed", now));
            default -> otherwise(command);
        };
    }

    private List<CallEvent> connected(AgentToCall.Answered answered, Instant now) {
        var events = new ArrayList<CallEvent>();
        if (ringing.isEmpty()) {
            events.add(new CallEvent.RingConfirmed(token, now)); // its confirmation was overtaken by her answer
        }
        events.add(new CallEvent.AgentConnected(
                agentId,
                answered.agentName(),
                token,
                answered.line(),
                file.callId() + "-" + (file.conversations() + 1),
                now));
        return events;
    }

    CallEvent ended(String reason, Instant now) {
        return new CallEvent.OfferEnded(agentId, token, reason, now);
    }

    private Instant due() {
        return ringing.map(at -> at.plus(place.ringFor()).plus(HEAR_WITHIN)).orElse(since.plus(CONFIRM_WITHIN));
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(due());
    }

    @Override
    public Optional<Waiting> waiting(long order) {
        return Optional.of(Queued.waiting(file, place, true, passedOver, order));
    }

    @Override
    public CallPlan.Hears hears() {
        return new CallPlan.Hears.Music(place.music());
    }

    @Override
    public String phase() {
        return "RINGING";
    }
}
