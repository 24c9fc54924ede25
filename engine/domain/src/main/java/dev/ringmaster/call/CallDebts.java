package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.Owed;
import java.time.Instant;

/// What follows when the receiver of an owed message has said yes or no.
final class CallDebts {
    private CallDebts() {}

    static String ring(String token) {
        return "ring/" + token;
    }

    static String withdrawn(String token) {
        return "withdrawn/" + token;
    }

    static String ended(String token) {
        return "ended/" + token;
    }

    static String dialAnswered(String token) {
        return "dialAnswered/" + token;
    }

    static String dialFailed(String token) {
        return "dialFailed/" + token;
    }

    static String left(String groupId) {
        return "left/" + groupId + "/";
    }

    static Decision<CallEvent> confirmed(Live call, Confirmation confirmation, Instant now) {
        var debt = call.file().debts().stream()
                .filter(d -> d.key().equals(confirmation.key()))
                .findFirst();
        if (debt.isEmpty()) {
            return nothing();
        }
        var paid = new CallEvent.DebtPaid(confirmation.key(), confirmation.agreed(), now);
        return switch (debt.get()) {
            case Owed.ToAgent(var _, var _, CallToAgent.Ring ring)
            when call instanceof Offered offered ->
                confirmation.agreed()
                        ? accept(new CallEvent.RingConfirmed(ring.token(), now))
                        : accept(offered.ended("refused", now));
            // She knows nothing of her dial any more, so nobody listens.
            case Owed.ToAgent(var _, var _, CallToAgent.DialAnswered _)
            when !confirmation.agreed() && call instanceof Talking ->
                accept(paid, new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.SUCCESS, "agentLost", now));
            default -> accept(paid);
        };
    }
}
