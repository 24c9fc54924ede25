package dev.ringmaster.truth;

import java.util.List;

/// What one edge incarnation holds.
public record EdgeFact(String edge, List<HeldLeg> legs) {
    public EdgeFact {
        legs = List.copyOf(legs);
    }

    /// @param instanceId of the plan, "" when no plan is known
    /// @param planVersion number of the call's plan that was carried out last
    public record HeldLeg(String callId, String instanceId, String legId, long planVersion) {}
}
