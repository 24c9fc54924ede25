package dev.ringmaster.call;

import dev.ringmaster.exchange.Owed;
import java.util.List;
import java.util.Optional;

/// What a call says of itself, to be compared with what agents, queues and edges say.
///
/// @param seq event number of the state that says it
/// @param open whether it must be awake
/// @param partner the agent it is offered to, dialled by, or talks with
/// @param waitsIn the group in whose queue it must be, also while an offer is open
/// @param legs legs of its plan
public record CallFact(
        String callId,
        String instanceId,
        long seq,
        boolean open,
        String phase,
        Optional<Partner> partner,
        Optional<String> waitsIn,
        List<PlannedLeg> legs) {
    public CallFact {
        legs = List.copyOf(legs);
    }

    /// @param token under which call and agent know each other
    /// @param talking customer and agent are joined, or the customer is on hold
    public record Partner(String agentId, String token, boolean talking) {}

    /// @param closing whether it shall go away
    public record PlannedLeg(String legId, String edge, boolean closing) {}

    /// Nothing is said under an id that has no call.
    public static Optional<CallFact> of(Call call, long seq) {
        return switch (call) {
            case Unborn _ -> Optional.empty();
            case Live live ->
                Optional.of(new CallFact(
                        live.file().callId(),
                        live.file().birth().instanceId(),
                        seq,
                        live.open(),
                        live.phase(),
                        partner(live),
                        waitsIn(live),
                        live.file().legs().stream()
                                .filter(leg -> !leg.ended())
                                .map(leg -> new PlannedLeg(leg.legId(), leg.edge(), live instanceof Ended))
                                .toList()));
        };
    }

    /// Whether the call has anything for this agent under this token: it rings or talks with her, or owes her a word.
    public static boolean knows(Call call, String agentId, String token) {
        return call instanceof Live live
                && (partner(live)
                                .filter(p ->
                                        p.agentId().equals(agentId) && p.token().equals(token))
                                .isPresent()
                        || live.owed().stream()
                                .anyMatch(owed -> owed instanceof Owed.ToAgent(var _, var to, var message)
                                        && to.equals(agentId)
                                        && message.token().equals(token)));
    }

    private static Optional<Partner> partner(Live call) {
        return switch (call) {
            case Offered o -> Optional.of(new Partner(o.agentId(), o.token(), false));
            case DialingOut d ->
                Optional.of(new Partner(d.dialled().agentId(), d.dialled().token(), false));
            case Talking t -> Optional.of(new Partner(t.agentId(), t.token(), true));
            default -> Optional.empty();
        };
    }

    private static Optional<String> waitsIn(Live call) {
        return switch (call) {
            case Queued q -> Optional.of(q.place().groupId());
            case Offered o -> Optional.of(o.place().groupId());
            default -> Optional.empty();
        };
    }
}
