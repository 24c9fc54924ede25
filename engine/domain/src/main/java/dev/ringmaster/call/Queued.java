package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The caller waits for an agent of a group and hears music. He knows his place himself; the queue only matches.
///
/// @param passedOver agents who let this call ring out in this wait
record Queued(CallFile file, Place place, Set<String> passedOver, Instant since) implements Live {
    Queued {
        passedOver = Set.copyOf(passedOver);
    }

    @Override
    public Queued with(CallFile other) {
        return new Queued(other, place, passedOver, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.FromQueue(QueueToCall.Offer offer) -> offered(offer, now);
            case CallCommand.FromQueue(QueueToCall.NobodyOnDuty(var groupId))
            when groupId.equals(place.groupId()) ->
                accept(
                        place.nobodyPrompts().isEmpty()
                                ? new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.ABANDONED, Announcing.NOBODY, now)
                                : new CallEvent.AnnouncementStarted(
                                        Announcing.NOBODY, place.nobodyPrompts(), file.generation() + 1, now));
            default -> otherwise(command);
        };
    }

    private Decision<CallEvent> offered(QueueToCall.Offer offer, Instant now) {
        if (!offer.groupId().equals(place.groupId())) {
            return refuse("NotWaiting", "The call waits in another group.");
        }
        return file.closed().contains(offer.token())
                ? refuse("TokenClosed", "This offer is over.")
                : accept(new CallEvent.CallOffered(
                        offer.agentId(), offer.agentName(), offer.token(), offer.decision(), now));
    }

    @Override
    public Optional<Waiting> waiting(long order) {
        return Optional.of(waiting(file, place, false, passedOver, order));
    }

    static Waiting waiting(CallFile file, Place place, boolean offered, Set<String> passedOver, long order) {
        var birth = file.birth();
        return new Waiting(
                place.groupId(),
                new CallToQueue.Waits(
                        birth.callId(),
                        birth.instanceId(),
                        birth.from(),
                        place.since(),
                        place.priority(),
                        offered,
                        order,
                        passedOver));
    }

    @Override
    public CallPlan.Hears hears() {
        return new CallPlan.Hears.Music(place.music());
    }

    @Override
    public String phase() {
        return "QUEUED";
    }
}
