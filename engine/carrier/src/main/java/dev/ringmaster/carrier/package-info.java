/// The simulated carrier of the demo, a process of its own.
@NullMarked
package dev.ringmaster.carrier;

import org.jspecify.annotations.NullMarked;
