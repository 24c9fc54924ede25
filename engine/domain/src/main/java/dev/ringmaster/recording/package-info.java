/// Recordings as lists of parts.
@NullMarked
package dev.ringmaster.recording;

import org.jspecify.annotations.NullMarked;
