/// Sound as numbers: the two laws of G.711, and other sample rates made 8,000 Hz.
@NullMarked
package dev.ringmaster.media.codec;

import org.jspecify.annotations.NullMarked;
