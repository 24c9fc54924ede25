package dev.ringmaster.call;

import java.util.Optional;

/// Draws the [CallScreen] from a call.
final class CallScreens {
    private CallScreens() {}

    static CallScreen of(Live call) {
        var file = call.file();
        return new CallScreen(
                file.callId(),
                file.birth().direction(),
                call.phase(),
                call instanceof Talking t ? t.heldAt().orElse(t.since()) : call.since(),
                file.birth().at(),
                file.answeredAt(),
                progress(call),
                call instanceof Talking t && t.muted(),
                call instanceof Talking,
                file.held(),
                call instanceof Ended e ? Optional.of(e.endedBy()) : Optional.empty(),
                call instanceof Ended e ? Optional.of(e.result()) : Optional.empty(),
                agent(call));
    }

    private static Optional<String> progress(Live call) {
        if (!(call instanceof DialingOut d)) {
            return Optional.empty();
        }
        if (d.earlyMedia()) {
            return Optional.of("earlyMedia");
        }
        return Optional.of(d.sipStatus() >= 180 ? "ringing" : "trying");
    }

    private static Optional<String> agent(Live call) {
        return switch (call) {
            case Offered o -> Optional.of(o.agentId());
            default -> call.file().lastAgent();
        };
    }
}
