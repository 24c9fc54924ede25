@NullMarked
package dev.ringmaster.runtime;

import org.jspecify.annotations.NullMarked;
