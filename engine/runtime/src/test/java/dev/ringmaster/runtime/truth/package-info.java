@NullMarked
package dev.ringmaster.runtime.truth;

import org.jspecify.annotations.NullMarked;
