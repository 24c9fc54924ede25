/// The time that all nodes of one database agree on.
@NullMarked
package dev.ringmaster.persistence.clock;

import org.jspecify.annotations.NullMarked;
