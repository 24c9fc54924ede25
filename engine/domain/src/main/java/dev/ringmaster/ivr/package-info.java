/// Immutable numbered flow documents and the walk through them.
@NullMarked
package dev.ringmaster.ivr;

import org.jspecify.annotations.NullMarked;
