package dev.ringmaster.media;

import java.time.Duration;

/// How a node's media is doing.
///
/// @param streams open streams
/// @param freePortPairs for telephone legs
/// @param latenessP99 how late the shards were with paced packets, 99 of 100, over the last seconds; the worst
///     shard's
/// @param latenessStanding the same of the best of the last three seconds: not what a single hiccup left behind
/// @param latenessMax the worst
/// @param droppedForwards packets between shards that found the ring full, since the start
/// @param droppedRecordingFrames frames that the writer of recordings could not take, since the start
/// @param droppedEvents events that found their queue full, since the start
/// @param faults exceptions caught on shards since the start; every one is a bug
public record MediaHealth(
        int streams,
        int freePortPairs,
        Duration latenessP99,
        Duration latenessStanding,
        Duration latenessMax,
        long droppedForwards,
        long droppedRecordingFrames,
        long droppedEvents,
        long faults) {}
