package dev.ringmaster.media;

import java.nio.file.Path;
import java.time.Duration;

/// One file of a recording.
///
/// Its name is `<id>.<number>-<offset in ms>-<tag>.wav`, with `.part` behind it while it is written. The tag is
/// drawn, so that no two parts have one name, whatever crashed between them or was taken away.
///
/// @param recordingId the wish it belongs to
/// @param number 1 for the first part on this stream
/// @param file where it is now
/// @param offset from the beginning of the recording's first part on this stream to the beginning of this one
/// @param length of the sound
/// @param bytes of the file
/// @param lostFrames frames left out because the disk was too slow; they are silence in the file
public record RecordingPart(
        String recordingId, int number, Path file, Duration offset, Duration length, long bytes, long lostFrames) {}
