package dev.ringmaster.call;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.CallCard;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.ivr.FlowRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is true of a call whatever it is doing.
///
/// @param events how many events it has had: its sequence number
/// @param generation number of the last prompt that was started
/// @param path labels of the menus and choices walked through (HOT-013)
/// @param conversations how many agents have talked with the customer
/// @param lastAgent whoever talked last, or dialled
/// @param held sum of the holds that are over
/// @param closed tokens of offers that were called off while the call went on
/// @param debts messages owed to others, oldest first
public record CallFile(
        Birth birth,
        long events,
        Optional<Instant> answeredAt,
        long generation,
        List<String> path,
        List<Leg> legs,
        int conversations,
        Optional<String> lastAgent,
        Duration held,
        List<String> closed,
        List<Owed> debts) {
    /// Bound of `closed`.
    static final int MAX_CLOSED = 32;

    public CallFile {
        path = List.copyOf(path);
        legs = List.copyOf(legs);
        closed = List.copyOf(closed);
        debts = List.copyOf(debts);
    }

    /// What a call is born with.
    ///
    /// @param from caller's number; of a dialled call the number shown to the callee
    public record Birth(
            String callId,
            String instanceId,
            Direction direction,
            PhoneNumber from,
            PhoneNumber to,
            Optional<PersonName> displayName,
            String area,
            Optional<FlowRef> flow,
            Optional<Integer> surveyLevels,
            Optional<Dialled> dialled,
            Instant at) {}

    /// What only an agent's own dial has.
    public record Dialled(String agentId, String agentName, String token, String trunkId, Duration ringFor) {}

    String callId() {
        return birth.callId();
    }

    boolean inbound() {
        return birth.direction() == Direction.INBOUND;
    }

    /// The customer's leg.
    Leg customer() {
        return legs.getFirst();
    }

    Optional<Leg> leg(String legId) {
        return legs.stream().filter(l -> l.legId().equals(legId)).findFirst();
    }

    EndedBy customerSide() {
        return inbound() ? EndedBy.CALLER : EndedBy.CALLEE;
    }

    CallCard card(Place place, String why, Instant now) {
        return new CallCard(
                birth.callId(),
                birth.direction(),
                birth.from(),
                birth.to(),
                birth.displayName(),
                birth.area(),
                path,
                place.groupId(),
                place.groupName(),
                why,
                Duration.between(place.since(), now),
                new Said(""),
                true);
    }
}
