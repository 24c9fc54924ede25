@NullMarked
package dev.ringmaster.runtime.queue;

import org.jspecify.annotations.NullMarked;
