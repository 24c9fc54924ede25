@NullMarked
package dev.ringmaster.runtime.clock;

import org.jspecify.annotations.NullMarked;
