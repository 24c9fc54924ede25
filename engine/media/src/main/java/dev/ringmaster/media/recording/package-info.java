/// Two-channel recordings, written as the call goes.
@NullMarked
package dev.ringmaster.media.recording;

import org.jspecify.annotations.NullMarked;
