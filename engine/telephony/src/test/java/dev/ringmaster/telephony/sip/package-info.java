/// Tests of this package.
@NullMarked
package dev.ringmaster.telephony.sip;

import org.jspecify.annotations.NullMarked;
