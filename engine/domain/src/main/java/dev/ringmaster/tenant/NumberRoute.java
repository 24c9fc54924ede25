package dev.ringmaster.tenant;

import dev.ringmaster.ivr.FlowRef;
import java.util.Optional;

/// Where an inbound number leads (HOT-011): the published flow version that is in force now.
public record NumberRoute(
        String instanceId, String number, String trunkId, FlowRef flow, Optional<Integer> surveyLevels) {}
