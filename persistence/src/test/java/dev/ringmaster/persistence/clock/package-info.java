@NullMarked
package dev.ringmaster.persistence.clock;

import org.jspecify.annotations.NullMarked;
