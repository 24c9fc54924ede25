/// The simulated carrier of the demo: customers who call in and answer, speaking real SIP and RTP on loopback.
@NullMarked
package dev.ringmaster.carrier;

import org.jspecify.annotations.NullMarked;
