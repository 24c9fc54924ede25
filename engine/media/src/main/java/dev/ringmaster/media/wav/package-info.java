/// WAV files: read for prompts, written and repaired for recordings.
@NullMarked
package dev.ringmaster.media.wav;

import org.jspecify.annotations.NullMarked;
