/// Pekko shells around the pure state machines of the domain.
@NullMarked
package dev.ringmaster.runtime;

import org.jspecify.annotations.NullMarked;
