/// SIP and WebRTC signalling on top of media, behind the port the engine speaks through.
@NullMarked
package dev.ringmaster.telephony;

import org.jspecify.annotations.NullMarked;
