/// Keys and contexts of SRTP.
@NullMarked
package dev.ringmaster.media.srtp;

import org.jspecify.annotations.NullMarked;
