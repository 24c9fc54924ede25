/// Browsers' lines: one UDP port, ICE-lite, DTLS-SRTP.
@NullMarked
package dev.ringmaster.media.webrtc;

import org.jspecify.annotations.NullMarked;
