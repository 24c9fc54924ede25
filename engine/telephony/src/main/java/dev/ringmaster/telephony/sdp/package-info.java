/// Session descriptions: read, written, offered and answered (RFC 8866, 3264).
@NullMarked
package dev.ringmaster.telephony.sdp;

import org.jspecify.annotations.NullMarked;
