package dev.ringmaster.runtime.wire;

import dev.ringmaster.call.CallScreen;
import java.time.Instant;
import java.util.Optional;

/// A call's whole screen as its owner sees it.
///
/// @param seq number of the call's last event; an older one is to be ignored
/// @param screen empty: there is no such call
public record CallUpdate(String callId, long seq, Optional<CallScreen> screen, Instant now) implements NodeMessage {}
