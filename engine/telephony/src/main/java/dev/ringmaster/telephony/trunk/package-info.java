/// The lines to carriers as the edge sees them: who is trusted, how many calls run over each.
@NullMarked
package dev.ringmaster.telephony.trunk;

import org.jspecify.annotations.NullMarked;
