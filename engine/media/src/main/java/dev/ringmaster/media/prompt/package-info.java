/// Sounds by name, ready to be sent.
@NullMarked
package dev.ringmaster.media.prompt;

import org.jspecify.annotations.NullMarked;
