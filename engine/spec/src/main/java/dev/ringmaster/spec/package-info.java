/// Which requirement a test proves: the tag, and the listener that writes it down.
@NullMarked
package dev.ringmaster.spec;

import org.jspecify.annotations.NullMarked;
