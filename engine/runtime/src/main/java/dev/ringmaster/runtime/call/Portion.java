package dev.ringmaster.runtime.call;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events of several decisions for one write, each decided on the state that the one before it left.
final class Portion {
    private final List<CallEvent> events = new ArrayList<>();
    private Call state;

    Portion(Call state) {
        this.state = state;
    }

    /// @return why the command was refused
    Optional<Refusal> take(CallCommand command, Instant now, Flows flows) {
        return switch (state.decide(command, now, flows)) {
            case Decision.Accepted<CallEvent>(var accepted) -> {
                add(accepted);
                yield Optional.empty();
            }
            case Decision.Refused<CallEvent>(var refusal) -> Optional.of(refusal);
        };
    }

    void add(List<CallEvent> accepted) {
        for (var event : accepted) {
            state = Call.apply(state, event);
        }
        events.addAll(accepted);
    }

    List<CallEvent> events() {
        return List.copyOf(events);
    }
}
