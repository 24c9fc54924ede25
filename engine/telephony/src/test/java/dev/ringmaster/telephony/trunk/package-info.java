/// Tests of this package.
@NullMarked
package dev.ringmaster.telephony.trunk;

import org.jspecify.annotations.NullMarked;
