package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import java.time.Instant;

/// Wrap-up notes (AGT-009): of a call that an agent took, from its beginning until she leaves wrap-up; one that is
/// required and not saved stays open for ever.
final class Notes {
    /// Characters of the text (AGT-009).
    static final int MAX_TEXT = 1000;

    private Notes() {}

    static Decision<AgentEvent> save(Agent agent, AgentCommand.SaveNote save, Instant now) {
        var note = agent.notes().stream()
                .filter(n -> n.callId().equals(save.callId()))
                .findFirst();
        if (note.isEmpty()) {
            return refuse("NotYourCall", "There is no open note for this call.", "callId");
        }
        if (save.text().value().length() > MAX_TEXT) {
            return refuse("InvalidArgument", "A note has at most " + MAX_TEXT + " characters.", "text");
        }
        if (note.get().required()) {
            if (save.category().isBlank()) {
                return refuse("InvalidArgument", "Choose a category.", "category");
            }
            if (save.result().isBlank()) {
                return refuse("InvalidArgument", "Choose a result.", "result");
            }
            if (save.text().value().isBlank()) {
                return refuse("InvalidArgument", "Say what the customer wanted and what was done.", "text");
            }
        }
        var saved = new AgentEvent.NoteSaved(save.callId(), save.category(), save.result(), save.text(), now);
        var same = note.get()
                .saved()
                .filter(old -> old.category().equals(saved.category())
                        && old.result().equals(saved.result())
                        && old.text().equals(saved.text()));
        return same.isPresent() ? Decision.nothing() : accept(saved);
    }
}
