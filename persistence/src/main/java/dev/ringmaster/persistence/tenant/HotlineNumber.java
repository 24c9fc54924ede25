package dev.ringmaster.persistence.tenant;

import java.util.Optional;
import java.util.Set;

/// A number of an instance and what happens on it (HOT-001).
///
/// @param inboundFlow id of the flow whose newest published version takes its calls; empty = inbound calls are
///     refused
/// @param inboundSurvey levels of the survey after inbound calls, 2 to 5; empty = none
/// @param outbound whether agents may call out with it
/// @param scopeGroups the groups that may call out with it; empty = all (HOT-005)
public record HotlineNumber(
        String number,
        String instanceId,
        String trunkId,
        String description,
        String area,
        Optional<String> inboundFlow,
        Optional<Integer> inboundSurvey,
        boolean outbound,
        Optional<Integer> outboundSurvey,
        Optional<Set<String>> scopeGroups) {
    public HotlineNumber {
        scopeGroups = scopeGroups.map(Set::copyOf);
    }
}
