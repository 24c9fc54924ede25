/// Tests of this package.
@NullMarked
package dev.ringmaster.telephony.sdp;

import org.jspecify.annotations.NullMarked;
