package dev.ringmaster.media;

import java.io.IOException;
import java.util.Optional;

/// Finds the WAV file of a sound, on a thread that may wait.
@FunctionalInterface
public interface SoundSource {
    /// Knows no sound.
    SoundSource NONE = _ -> Optional.empty();

    /// @return the bytes of a WAV file (PCM 16 bit or G.711, any rate, mono or more), empty when there is none
    Optional<byte[]> wav(String name) throws IOException;
}
