@NullMarked
package dev.ringmaster.runtime.edge;

import org.jspecify.annotations.NullMarked;
