@NullMarked
package dev.ringmaster.runtime.call;

import org.jspecify.annotations.NullMarked;
