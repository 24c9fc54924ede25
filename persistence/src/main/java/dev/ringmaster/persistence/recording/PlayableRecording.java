package dev.ringmaster.persistence.recording;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A recording as one two-channel WAV file, whatever parts it is made of.
public interface PlayableRecording {
    /// Bytes of the whole file.
    long length();

    Duration duration();

    /// The file from this byte on. The caller closes it, and reads as much of it as he wants.
    InputStream from(long offset) throws IOException;
}
