package dev.ringmaster.media;

import java.util.Objects;

/// The recording of one party's conversation: two channels, the party left, what it hears right.
///
/// A recording is a list of files (parts), see [RecordingPart]. A part begins when the wish first appears and is
/// sealed when it is gone or the stream closes; the same id again begins the next part. Time goes on in a paused
/// part as silence, so that an offset in the file stays an offset in the conversation.
public sealed interface Records {
    record Nothing() implements Records {}

    /// @param id letters, digits, `-` and `_`: it becomes a file name
    /// @param generated whether prompts, tones and music are on the right channel too, or only bridged parties
    /// @param paused silence on both channels for now
    record Into(String id, boolean generated, boolean paused) implements Records {
        public Into {
            Objects.requireNonNull(id);
            if (!id.matches("[A-Za-z0-9_-]{1,120}")) {
                throw new IllegalArgumentException("not an id of a recording: letters, digits, - and _, at most 120");
            }
        }

        public Into(String id) {
            this(id, false, false);
        }
    }
}
