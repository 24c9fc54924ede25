package dev.ringmaster.persistence.journal;

import java.util.function.Predicate;
import org.apache.pekko.actor.ActorSystem;

/// What an actor system may tell its journal plugin, which makes its own parts.
public final class JournalHints {
    private JournalHints() {}

    /// An entity that nothing can be journaled of yet is started without a question. Only a hint: a wrong one is found
    /// out by the first write, which meets the row that is there and fails, and the entity starts again.
    ///
    /// @param whether true at most once for an id such as `call|c-17`; asked on the journal's threads
    public static void unborn(ActorSystem system, Predicate<String> whether) {
        JournalKeys.ID.get(system).unborn(whether);
    }
}
