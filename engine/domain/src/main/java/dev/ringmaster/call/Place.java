package dev.ringmaster.call;

import dev.ringmaster.ivr.IvrFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A caller's place in a group's queue: he keeps it through every offer that comes to nothing.
///
/// @param since since when he waits for this group
/// @param priority higher goes first
public record Place(
        String groupId,
        String groupName,
        int priority,
        String music,
        List<String> nobodyPrompts,
        Duration ringFor,
        Instant since) {
    public Place {
        nobodyPrompts = List.copyOf(nobodyPrompts);
    }

    static CallEvent.CallQueued begin(IvrFlow.ToGroup node, Instant now) {
        return new CallEvent.CallQueued(
                node.groupId(),
                node.groupName(),
                node.priority(),
                node.music(),
                node.nobodyPrompts(),
                node.ringFor(),
                now,
                now);
    }

    /// The same place once more.
    CallEvent.CallQueued again(Instant now) {
        return new CallEvent.CallQueued(groupId, groupName, priority, music, nobodyPrompts, ringFor, since, now);
    }

    static Place of(CallEvent.CallQueued e) {
        return new Place(
                e.groupId(), e.groupName(), e.priority(), e.music(), e.nobodyPrompts(), e.ringFor(), e.since());
    }
}
