/// What one agent is doing, and what she may do now.
@NullMarked
package dev.ringmaster.agent;

import org.jspecify.annotations.NullMarked;
