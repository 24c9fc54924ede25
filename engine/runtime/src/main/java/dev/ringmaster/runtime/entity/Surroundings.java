package dev.ringmaster.runtime.entity;

import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.Post;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What every entity shell of a node works with.
///
/// @param nanoTime the machine's monotonic clock: liveness (leases, silence) never follows a shifted clock
/// @param ledger where each says what it says now
public record Surroundings(Post post, EdgeView edges, NodeClock clock, LongSupplier nanoTime, Ledger ledger) {
    public Surroundings(Post post, EdgeView edges, NodeClock clock, LongSupplier nanoTime) {
        this(post, edges, clock, nanoTime, new Ledger(nanoTime));
    }

    /// The edges as the entities see them.
    public interface EdgeView {
        /// Hands a message to the actor of an edge incarnation; nothing happens if it is not known now.
        void tell(String edge, EdgeMessage message);

        /// Asked again and again by whoever has a leg or line there.
        Fate fate(String edge);

        /// An incarnation that can send the last BYE for a lost one.
        Optional<String> successor(String lost);
    }

    /// What is known of one edge incarnation.
    public enum Fate {
        LIVES,
        UNSEEN,
        LOST
    }
}
