/// Forming the cluster, its settings, and when a node is ready.
@NullMarked
package dev.ringmaster.runtime.cluster;

import org.jspecify.annotations.NullMarked;
