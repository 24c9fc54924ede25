/// The seat ledger's shell and its front door.
@NullMarked
package dev.ringmaster.runtime.tenant;

import org.jspecify.annotations.NullMarked;
