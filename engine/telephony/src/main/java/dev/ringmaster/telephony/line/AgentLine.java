package dev.ringmaster.telephony.line;

import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.media.AudioPlan;

/// The standing connection to one agent's ear and mouth, kept between calls; whatever carries it.
interface AgentLine {
    LineRef ref();

    String agentId();

    /// Of the session it was opened for; a higher one replaces it.
    long fence();

    /// Its stream in media, for others to hear her.
    String streamId();

    /// Sound flows, or did within the last seconds.
    boolean isAlive();

    void apply(AudioPlan plan);

    void close();
}
