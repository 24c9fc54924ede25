package dev.ringmaster.media;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Prompts, music and tones by name: decoded and resampled once, kept in both laws of G.711, shared by all streams.
///
/// Built in: `tone/ringback`, `tone/busy`, `tone/congestion`, `tone/dial`, `tone/beep`, `music/default`. A name
/// that is not known is asked for from the [SoundSource] when it is first heard; until it is there the party hears
/// silence.
public interface Sounds {
    /// The built-in hold music.
    String DEFAULT_MUSIC = "music/default";

    /// Keeps a WAV file under a name; what plays under that name already goes on with the old sound.
    ///
    /// @return its length
    /// @throws IOException when it is not a WAV file we can read; nothing is changed then
    Duration put(String name, byte[] wav) throws IOException;

    /// Keeps samples of 8,000 Hz, 16 bit, under a name.
    Duration put(String name, short[] samples);

    /// Loads a sound now, on this thread, so that its first listener does not wait.
    ///
    /// @return its length, empty when there is no such sound
    Optional<Duration> load(String name);

    void remove(String name);
}
