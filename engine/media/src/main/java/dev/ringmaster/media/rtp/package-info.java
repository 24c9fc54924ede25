/// RTP and RTCP as they stand on the wire (RFC 3550), and the numbers that make many sources one stream.
@NullMarked
package dev.ringmaster.media.rtp;

import org.jspecify.annotations.NullMarked;
