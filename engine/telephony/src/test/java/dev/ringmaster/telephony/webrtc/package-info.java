/// Tests of this package.
@NullMarked
package dev.ringmaster.telephony.webrtc;

import org.jspecify.annotations.NullMarked;
