/// The session descriptions of a browser's line: its offer, our answer.
@NullMarked
package dev.ringmaster.telephony.webrtc;

import org.jspecify.annotations.NullMarked;
