package dev.ringmaster.exchange;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the agent's page shows of a call before and while she talks (AGT-022).
///
/// @param area home area of the customer's number, "" when unknown
/// @param ivrPath labels of the menu choices, oldest first (HOT-013)
/// @param why one sentence: why this agent got this call
/// @param noteRequired whether wrap-up needs a saved note (AGT-009: inbound yes, agent-dialled no)
public record CallCard(
        String callId,
        Direction direction,
        PhoneNumber from,
        PhoneNumber to,
        Optional<PersonName> displayName,
        String area,
        List<String> ivrPath,
        String groupId,
        String groupName,
        String why,
        Duration waited,
        Said remark,
        boolean noteRequired) {
    public CallCard {
        ivrPath = List.copyOf(ivrPath);
    }
}
