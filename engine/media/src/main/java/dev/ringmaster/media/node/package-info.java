/// Puts shards, ports, sounds and recordings together to one engine.
@NullMarked
package dev.ringmaster.media.node;

import org.jspecify.annotations.NullMarked;
