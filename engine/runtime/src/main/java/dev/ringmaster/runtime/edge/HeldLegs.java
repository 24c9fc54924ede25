package dev.ringmaster.runtime.edge;

import dev.ringmaster.call.CallPlan;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.truth.EdgeFact;
import java.util.stream.Collectors;

/// What this node's edge holds, in the auditor's words.
public final class HeldLegs {
    private HeldLegs() {}

    public static EdgeFact of(Telephony telephony, EdgeMemory memory) {
        var instances = memory.plans().stream().collect(Collectors.toMap(CallPlan::callId, CallPlan::instanceId));
        return new EdgeFact(
                telephony.edge(),
                telephony.held().calls().stream()
                        .flatMap(call -> call.legIds().stream()
                                .map(leg -> new EdgeFact.HeldLeg(
                                        call.callId(),
                                        instances.getOrDefault(call.callId(), ""),
                                        leg,
                                        call.planVersion())))
                        .toList());
    }
}
