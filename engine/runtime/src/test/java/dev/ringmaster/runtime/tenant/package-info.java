@NullMarked
package dev.ringmaster.runtime.tenant;

import org.jspecify.annotations.NullMarked;
