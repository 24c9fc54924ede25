/// Sounds made by arithmetic: tones of the network and the built-in hold music.
@NullMarked
package dev.ringmaster.media.tone;

import org.jspecify.annotations.NullMarked;
