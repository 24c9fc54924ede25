package dev.ringmaster.call;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.LineRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the outside should look like for one call: a pure function of its state, handed out whole after every event
/// and every recovery. The edge converges to it and ignores lower versions.
///
/// @param version the entity's event sequence number
/// @param line the agent's line that belongs to the call; bridged only if the agent's plan names this call too
public record CallPlan(String callId, String instanceId, long version, List<LegPlan> legs, Optional<LinePart> line) {
    public CallPlan {
        legs = List.copyOf(legs);
    }

    /// One SIP leg.
    ///
    /// @param edge the incarnation that shall hold it
    /// @param dialog journaled dialog, present once established (or, inbound, from the start): what another edge
    ///     needs for BYE or takeover
    /// @param recording left channel of which recording this leg is, while recording is on
    /// @param digits keys to send to this party, oldest first; each id is sent once
    public record LegPlan(
            String legId,
            String edge,
            Signal signal,
            Hears hears,
            Optional<SipDialog> dialog,
            Optional<String> recording,
            List<Digits> digits) {
        public LegPlan {
            digits = List.copyOf(digits);
        }
    }

    /// The agent's part.
    ///
    /// @param heard whether the customer may hear her (false: muted or on hold)
    public record LinePart(String agentId, LineRef line, Hears hears, boolean heard) {}

    public record Digits(String id, Said keys) {}

    /// Where the signalling of a leg shall stand.
    public sealed interface Signal {
        /// Inbound: 180.
        record Ring() implements Signal {}

        /// Inbound: 200 with SDP, repeated until acknowledged. Also "keep it" for an established leg.
        record Answer() implements Signal {}

        /// Inbound, not yet answered: a final refusal.
        record Refuse(int sipStatus, String reason) implements Signal {}

        /// Outbound: one INVITE, once. `goodFor` counts from the first time the edge sees this plan; later it is
        /// LOCALLY_REJECTED.
        record Invite(String trunkId, PhoneNumber to, PhoneNumber callerId, Duration ringFor, Duration goodFor)
                implements Signal {}

        /// BYE, CANCEL or refusal, whatever fits; from the journaled dialog if this edge does not hold the leg.
        record Close() implements Signal {}
    }

    /// What a party hears.
    public sealed interface Hears {
        record Silence() implements Hears {}

        /// Names in the prompt bank, in order; `generation` makes a replay a new prompt and late ends void.
        record Prompt(long generation, List<String> names) implements Hears {
            public Prompt {
                names = List.copyOf(names);
            }
        }

        record Music(String name) implements Hears {}

        record Tone(Kind kind) implements Hears {
            public enum Kind {
                RINGBACK,
                BUSY,
                BEEP
            }
        }

        /// The agent's line of this call.
        record Line() implements Hears {}

        /// Another leg of this call.
        record Leg(String legId) implements Hears {}
    }
}
