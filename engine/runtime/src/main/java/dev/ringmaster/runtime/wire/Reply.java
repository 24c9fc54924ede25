package dev.ringmaster.runtime.wire;

import dev.ringmaster.base.Refusal;
import java.util.Map;

/// The answer to a command: done and journaled, or refused with a reason and nothing done.
public sealed interface Reply extends NodeMessage {
    /// @param result what the command made known: `fence` of a session, `callId` of a dial, `seat` of a held seat
    /// @param seq number of the owner's last event when it answered
    record Done(Map<String, String> result, long seq) implements Reply {
        public Done {
            result = Map.copyOf(result);
        }
    }

    record Refused(Refusal refusal) implements Reply {}

    static Reply done(long seq) {
        return new Done(Map.of(), seq);
    }

    static Reply refused(Refusal refusal) {
        return new Refused(refusal);
    }

    static Reply refused(String code, String message) {
        return new Refused(Refusal.of(code, message));
    }
}
