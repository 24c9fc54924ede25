package dev.ringmaster.exchange;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import java.time.Duration;
import java.util.Optional;

/// What an agent tells a call.
public sealed interface AgentToCall {
    String callId();

    String token();

    String agentId();

    /// She pressed answer; `line` is where her voice is. Agreed: the plan bridges. Refused `CallGone`: the caller
    /// was faster.
    record Answered(String callId, String token, String agentId, String agentName, LineRef line)
            implements AgentToCall {}

    /// Rang out, or her line was lost while ringing. Refused `CallGone` when the call had ended before.
    ///
    /// @param cause `noAnswer` or `lost`
    record Missed(String callId, String token, String agentId, String cause) implements AgentToCall {}

    /// Her own dial: the first command of a call whose id is derived (`call-‹agent›-‹client token›`); a repeat
    /// finds it.
    ///
    /// @param ringFor how long the called party may ring
    record Dial(
            String callId,
            String token,
            String agentId,
            String agentName,
            String instanceId,
            String groupId,
            String groupName,
            PhoneNumber number,
            PhoneNumber callerId,
            String trunkId,
            Said remark,
            String source,
            String area,
            Duration ringFor,
            LineRef line)
            implements AgentToCall {}

    /// Where her voice is now (a reload opened another line), or nowhere for the moment. Higher `version` wins.
    record ServedBy(String callId, String token, String agentId, long version, Optional<LineRef> line)
            implements AgentToCall {}

    /// Her connection stayed lost too long: she no longer serves this call.
    record Lost(String callId, String token, String agentId) implements AgentToCall {}
}
