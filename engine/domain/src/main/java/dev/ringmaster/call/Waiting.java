package dev.ringmaster.call;

import dev.ringmaster.exchange.CallToQueue;

/// That a call waits, and what its group's queue is to be told: on every change, after recovery, and every 2 s.
public record Waiting(String groupId, CallToQueue.Waits notice) {}
