package dev.ringmaster.media;

import java.nio.file.Path;
import java.time.Duration;

/// One file of a recording.
///
/// @param recordingId the wish it belongs to
/// @param number 1 for the first part
/// @param file where it is now: `….wav.part` while it is written, `….wav` when sealed
/// @param length of the sound
/// @param lostFrames frames left out because the disk was too slow; they are silence in the file
public record RecordingPart(String recordingId, int number, Path file, Duration length, long lostFrames) {}
