package dev.ringmaster.base;

/// A person's name; a personal value: masked in logs, sealed in the journal.
public record PersonName(String value) {
    @Override
    public String toString() {
        return value.isEmpty() ? "" : value.substring(0, value.offsetByCodePoints(0, 1)) + "**";
    }
}
