@NullMarked
package dev.ringmaster.media.dtls;

import org.jspecify.annotations.NullMarked;
