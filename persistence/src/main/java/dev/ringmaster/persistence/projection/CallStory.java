package dev.ringmaster.persistence.projection;

import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallPhases;

/// What is known of a call after an event: whether it is open, and what its record will say.
record CallStory(Call call, CallHeader header, CallPhases phases) {
    static CallStory unborn(String callId) {
        return new CallStory(Call.unborn(callId), CallHeader.NONE, CallPhases.NONE);
    }

    CallStory then(CallEvent event) {
        return new CallStory(Call.apply(call, event), header.then(event), phases.then(event));
    }

    boolean open() {
        return call.open();
    }

    /// Nothing of it can change any more but what others tell (wrap-up, note).
    boolean over() {
        return header.ended().isPresent() && !open();
    }
}
