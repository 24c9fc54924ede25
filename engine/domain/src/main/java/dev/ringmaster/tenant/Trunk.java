package dev.ringmaster.tenant;

import java.util.List;

/// A SIP line to a carrier, authenticated by addresses only (TEN-031, TEN-036).
///
/// @param peer `host:port` to which INVITEs go
/// @param trusted CIDR blocks from which INVITEs are taken
/// @param codecs in order of preference: PCMA, PCMU
/// @param maxCalls calls at once over this line; above it a call is refused here and never reaches the peer
/// @param dtmf `RFC4733`, `INFO`
/// @param version counts every change; applied without restart
public record Trunk(
        String trunkId,
        String instanceId,
        String name,
        String peer,
        List<String> trusted,
        List<String> codecs,
        int maxCalls,
        String dtmf,
        int version) {
    public Trunk {
        trusted = List.copyOf(trusted);
        codecs = List.copyOf(codecs);
    }
}
