package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.ivr.Flows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The agent has hung up, and the customer is asked how it was: one key, one repeat (HOT-018).
///
/// @param levels keys 1 to this many are a score
/// @param promptsEnded when the question was over, and the time for the key began
record Survey(CallFile file, int levels, int attempt, Optional<Instant> promptsEnded, Instant since) implements Live {
    static final int TRIES = 2;

    /// Time for the key after the question (HOT-018).
    static final Duration KEY_WITHIN = Duration.ofSeconds(5);

    /// Bound on the question itself, in case the edge never says that it has ended.
    static final Duration LONGEST_QUESTION = Duration.ofSeconds(60);

    @Override
    public Survey with(CallFile other) {
        return new Survey(other, levels, attempt, promptsEnded, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.DeadlinePassed _ when !now.isBefore(due()) -> accept(askAgain(now));
            default -> otherwise(command);
        };
    }

    @Override
    public boolean wantsKeys() {
        return true;
    }

    @Override
    public List<CallEvent> keyPressed(String key, Instant now, Flows flows) {
        var score = key.length() == 1 ? Character.digit(key.charAt(0), 10) : -1;
        return score >= 1 && score <= levels
                ? List.of(
                        new CallEvent.SurveyScored(score, now),
                        new CallEvent.AnnouncementStarted(
                                Announcing.THANKS, List.of(Prompts.SURVEY_THANKS), file.generation() + 1, now))
                : askAgain(now);
    }

    private List<CallEvent> askAgain(Instant now) {
        return List.of(
                attempt < TRIES
                        ? new CallEvent.SurveyStarted(levels, attempt + 1, file.generation() + 1, now)
                        : new CallEvent.CallEnded(EndedBy.AGENT, CallResult.SUCCESS, "hungUp", now));
    }

    @Override
    public long prompt() {
        return promptsEnded.isPresent() ? 0 : file.generation();
    }

    private Instant due() {
        return promptsEnded.map(at -> at.plus(KEY_WITHIN)).orElse(since.plus(LONGEST_QUESTION));
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(due());
    }

    @Override
    public CallPlan.Hears hears() {
        if (promptsEnded.isPresent()) {
            return new CallPlan.Hears.Silence();
        }
        return new CallPlan.Hears.Prompt(
                file.generation(), List.of(attempt == 1 ? Prompts.SURVEY_ASK : Prompts.SURVEY_AGAIN));
    }

    @Override
    public String phase() {
        return "SURVEY";
    }
}
