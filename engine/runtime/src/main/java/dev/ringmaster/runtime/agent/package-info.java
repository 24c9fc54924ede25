/// The agent's shell and its front door.
@NullMarked
package dev.ringmaster.runtime.agent;

import org.jspecify.annotations.NullMarked;
