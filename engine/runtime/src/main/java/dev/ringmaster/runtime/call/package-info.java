/// The call's shell and its front door.
@NullMarked
package dev.ringmaster.runtime.call;

import org.jspecify.annotations.NullMarked;
