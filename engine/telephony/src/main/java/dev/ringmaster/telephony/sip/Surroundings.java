package dev.ringmaster.telephony.sip;

import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.telephony.base.Counters;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.telephony.base.EdgeLoop;

/// What every leg of an edge shares.
record Surroundings(
        EdgeConfig config,
        EdgeLoop loop,
        SipWire wire,
        Hops hops,
        MediaEngine media,
        Counters counters,
        LegEvents events) {}
