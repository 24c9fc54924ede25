/// Agents' standing lines.
@NullMarked
package dev.ringmaster.telephony.line;

import org.jspecify.annotations.NullMarked;
