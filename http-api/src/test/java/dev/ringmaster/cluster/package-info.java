/// Nodes that speak to each other with everything on their class path.
@NullMarked
package dev.ringmaster.cluster;

import org.jspecify.annotations.NullMarked;
