package dev.ringmaster.persistence.tenant;

/// A skill group: agents who share a queue.
public record Group(String groupId, String instanceId, String name, String nameEn) {}
