/// The DTLS 1.2 handshake that gives a browser's line its keys.
@NullMarked
package dev.ringmaster.media.dtls;

import org.jspecify.annotations.NullMarked;
