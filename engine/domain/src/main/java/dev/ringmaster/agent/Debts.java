package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Owed;
import java.time.Instant;
import java.util.Optional;

/// What follows when the receiver of an owed message has said yes or no.
final class Debts {
    private Debts() {}

    static String answered(String token) {
        return "answered/" + token;
    }

    static String missed(String token) {
        return "missed/" + token;
    }

    static String dial(String callId) {
        return "dial/" + callId;
    }

    static String served(String token, long version) {
        return "served/" + token + "/" + version;
    }

    static String lost(String token) {
        return "lost/" + token;
    }

    static String seatTaken(String seat) {
        return "seatTaken/" + seat;
    }

    static String seatFreed(String seat) {
        return "seatFreed/" + seat;
    }

    static Decision<AgentEvent> confirmed(Agent agent, Confirmation confirmation, Instant now) {
        var debt = agent.debts().stream()
                .filter(d -> d.key().equals(confirmation.key()))
                .findFirst();
        if (debt.isEmpty()) {
            return nothing();
        }
        var paid = new AgentEvent.DebtPaid(confirmation.key(), confirmation.agreed(), now);
        return switch (debt.get()) {
            case Owed.ToCall(var _, var callId, AgentToCall.Answered answered)
            when agent.duty() instanceof Connecting connecting ->
                confirmation.agreed()
                        ? accept(new AgentEvent.AnswerAgreed(callId, answered.token(), now))
                        : connecting.gone(agent, now);
            case Owed.ToCall(var _, var callId, AgentToCall.Missed missed)
            when !confirmation.agreed()
                    && agent.duty() instanceof Break b
                    && b.missed().filter(missed.token()::equals).isPresent() ->
                accept(new AgentEvent.OfferVoided(callId, missed.token(), now));
            case Owed.ToCall(var _, var callId, AgentToCall.Dial dial)
            when !confirmation.agreed() && agent.duty() instanceof Dialing ->
                accept(new AgentEvent.DialFailed(callId, dial.token(), "OTHER", now));
            case Owed.ToSeats(var _, var _, AgentToSeats.Taken _)
            when !confirmation.agreed() ->
                agent.duty().call().isPresent()
                        ? accept(
                                paid,
                                new AgentEvent.WishNoted(Optional.of(new AgentEvent.Wish(true, Optional.empty())), now))
                        : accept(paid, new AgentEvent.WorkEnded("noSeat", "", now));
            default -> accept(paid);
        };
    }
}
