/// STUN messages (RFC 8489), as far as ICE checks need them.
@NullMarked
package dev.ringmaster.media.stun;

import org.jspecify.annotations.NullMarked;
