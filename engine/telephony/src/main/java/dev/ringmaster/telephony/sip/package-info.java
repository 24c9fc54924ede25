/// SIP by our own dialogs: JAIN-SIP keeps transactions, everything above them is here (RFC 3261, 3262, 3311, 4028).
@NullMarked
package dev.ringmaster.telephony.sip;

import org.jspecify.annotations.NullMarked;
