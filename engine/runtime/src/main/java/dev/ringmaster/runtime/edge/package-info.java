/// The edge's actors: plans in, facts out, over the telephony port.
@NullMarked
package dev.ringmaster.runtime.edge;

import org.jspecify.annotations.NullMarked;
