@NullMarked
package dev.ringmaster.runtime.cluster;

import org.jspecify.annotations.NullMarked;
