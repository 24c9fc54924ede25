package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.ivr.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Over. Legs that still stand are being closed, debts are being paid, and late facts are noted.
///
/// @param closeBy when we give up waiting for the last legs to close
record Ended(CallFile file, EndedBy endedBy, CallResult result, String cause, Instant closeBy, Instant since)
        implements Live {
    /// RFC 3261 §17.1.2.2 timer F: after 64·T1 a BYE is given up, so an edge has nothing more to say.
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(32);

    @Override
    public Ended with(CallFile other) {
        return new Ended(other, endedBy, result, cause, closeBy, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.FromAgent(AgentToCall.Missed missed) ->
                file.closed().contains(missed.token())
                        ? nothing()
                        : refuse("CallGone", "The caller had hung up before.");
            case CallCommand.DeadlinePassed _
            when legsStand() && !now.isBefore(closeBy) ->
                accept(file.legs().stream()
                        .filter(l -> !l.ended())
                        .map(l -> (CallEvent)
                                new CallEvent.LegEnded(l.legId(), 0, new LegEnd(LegEnd.How.CLOSED, 0, 0), now))
                        .toList());
            default -> otherwise(command);
        };
    }

    private boolean legsStand() {
        return file.legs().stream().anyMatch(l -> !l.ended());
    }

    @Override
    public Optional<Instant> deadline() {
        return legsStand() ? Optional.of(closeBy) : Optional.empty();
    }

    @Override
    public boolean open() {
        return legsStand() || !file.debts().isEmpty();
    }

    @Override
    public CallPlan.Hears hears() {
        return new CallPlan.Hears.Silence();
    }

    @Override
    public String phase() {
        return "ENDED";
    }
}
