package dev.ringmaster.exchange;

import java.time.Instant;

/// What an agent on duty tells each of her groups' queues: on every change and every 2 s as a lease.
///
/// @param state name of her state (`agent` package), "OFF" when she has gone
/// @param free whether she can be offered a call now: IDLE, connected, not reserved
/// @param idleSince since when she has been idle (the measure of "longest idle"); her state's since otherwise
/// @param order her event number, so that an older notice never undoes a newer one
/// @param reserved whether the reason for not being free is an open reservation
public record AgentToQueue(
        String agentId,
        String agentName,
        String instanceId,
        String state,
        boolean free,
        boolean reserved,
        Instant idleSince,
        long order) {}
