package dev.ringmaster.truth;

import dev.ringmaster.exchange.Doubt;
import java.time.Duration;

/// Two facts that cannot both be true.
///
/// @param owner who decides what is true and heals it
/// @param instanceId whose it is, "" where nobody knows
/// @param one what the owner says
/// @param other what stands against it
/// @param age since it was seen first
public record Contradiction(Owner owner, Doubt doubt, String instanceId, Side one, Side other, Duration age) {
    /// Older than this it will not pass by itself: people are told, and its owner is.
    public static final Duration ALARM_AFTER = Duration.ofSeconds(5);

    /// @param id of the call, agent, seat ledger (its instance) or edge
    public record Owner(Kind kind, String id) {
        public enum Kind {
            CALL,
            AGENT,
            SEATS,
            EDGE
        }
    }

    /// One side.
    ///
    /// @param who `call …`, `agent …`, `queue …`, `edge …`, `journal`
    /// @param seq number under which it was said, 0 where nothing is said
    /// @param says in a few words, without personal values
    public record Side(String who, long seq, String says) {
        static Side silent(String who, String says) {
            return new Side(who, 0, says);
        }
    }

    /// What it is about, whatever its age and numbers.
    public record Key(Owner owner, Doubt doubt) {}

    public Key key() {
        return new Key(owner, doubt);
    }

    public boolean alarming() {
        return age.compareTo(ALARM_AFTER) > 0;
    }

    Contradiction aged(Duration by) {
        return new Contradiction(owner, doubt, instanceId, one, other, by);
    }

    Contradiction home(String instance) {
        return new Contradiction(owner, doubt, instance, one, other, age);
    }

    /// Whether neither side has said anything new since.
    boolean sameSides(Contradiction later) {
        return one.seq() == later.one.seq()
                && other.seq() == later.other.seq()
                && one.who().equals(later.one.who())
                && other.who().equals(later.other.who());
    }
}
