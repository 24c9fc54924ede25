package dev.ringmaster.runtime.wire;

import dev.ringmaster.agent.AgentScreen;
import java.time.Instant;

/// An agent's whole screen, made from her state after the persist.
///
/// @param from number of the update before this one to the same watcher; 0 = this is the first
/// @param seq number of the event after which the screen looks like this
/// @param now the clock of the node that runs the entity
/// @param superseded a newer session has taken over: show nothing more and close
public record AgentUpdate(long from, long seq, AgentScreen screen, Instant now, boolean superseded)
        implements NodeMessage {}
