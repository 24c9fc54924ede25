/// The threads of the media plane: one selector and one 1 ms wheel each.
@NullMarked
package dev.ringmaster.media.shard;

import org.jspecify.annotations.NullMarked;
