/// The telephone against real peers.
@NullMarked
package dev.ringmaster.telephony;

import org.jspecify.annotations.NullMarked;
