/// One matchmaker a group, derived from calls and agents, and its front door.
@NullMarked
package dev.ringmaster.runtime.queue;

import org.jspecify.annotations.NullMarked;
