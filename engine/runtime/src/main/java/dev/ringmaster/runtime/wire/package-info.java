/// What travels between nodes: the messages of entities, queues and edges, all serializable, and the way to reach each
/// of them.
@NullMarked
package dev.ringmaster.runtime.wire;

import org.jspecify.annotations.NullMarked;
