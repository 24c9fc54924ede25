package dev.ringmaster.media;

import java.nio.file.Path;
import java.time.Duration;

/// One file of a recording.
///
/// @param recordingId the wish it belongs to
/// @param number 1 for the first part
/// @param file where it is now: `….wav.part` while it is written, `….wav` when sealed
/// @param offset from the beginning of the recording's first part on this stream to the beginning of this one; zero
/// where
///     nobody knows any more (a part left behind)
/// @param length of the sound
/// @param bytes of the file
/// @param lostFrames frames left out because the disk was too slow; they are silence in the file
public record RecordingPart(
        String recordingId, int number, Path file, Duration offset, Duration length, long bytes, long lostFrames) {}
