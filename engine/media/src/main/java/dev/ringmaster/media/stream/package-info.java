/// What one party hears and says, on its shard.
@NullMarked
package dev.ringmaster.media.stream;

import org.jspecify.annotations.NullMarked;
