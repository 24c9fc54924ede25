package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.ivr.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The last words before we hang up: nobody is on duty (HOT-017), or thanks for the score.
record Announcing(CallFile file, String kind, List<String> prompts, Instant since) implements Live {
    static final String NOBODY = "nobodyOnDuty";
    static final String THANKS = "thanks";

    /// An agent has left and what comes next is not journaled yet.
    static final String RELEASED = "released";

    /// Bound, in case the edge never says that it has ended.
    static final Duration LONGEST = Duration.ofSeconds(60);

    Announcing {
        prompts = List.copyOf(prompts);
    }

    @Override
    public Announcing with(CallFile other) {
        return new Announcing(other, kind, prompts, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.DeadlinePassed _ when !now.isBefore(due()) -> accept(promptEnded(now, flows));
            default -> otherwise(command);
        };
    }

    @Override
    public long prompt() {
        return prompts.isEmpty() ? 0 : file.generation();
    }

    @Override
    public List<CallEvent> promptEnded(Instant now, Flows flows) {
        return List.of(
                kind.equals(NOBODY)
                        ? new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.ABANDONED, NOBODY, now)
                        : new CallEvent.CallEnded(EndedBy.AGENT, CallResult.SUCCESS, "hungUp", now));
    }

    private Instant due() {
        return prompts.isEmpty() ? since : since.plus(LONGEST);
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(due());
    }

    @Override
    public CallPlan.Hears hears() {
        return prompts.isEmpty() ? new CallPlan.Hears.Silence() : new CallPlan.Hears.Prompt(file.generation(), prompts);
    }

    @Override
    public String phase() {
        return kind.equals(NOBODY) ? "IVR" : "SURVEY";
    }
}
