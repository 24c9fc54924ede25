package dev.ringmaster.base;

/// A telephone number as it stood on the wire or was typed; a personal value: masked in logs, sealed in the
/// journal.
public record PhoneNumber(String value) {
    /// Keeps the ends, hides the middle: `138****5678`.
    @Override
    public String toString() {
        var n = value.length();
        return n <= 4 ? "*".repeat(n) : value.substring(0, Math.min(3, n - 4)) + "****" + value.substring(n - 4);
    }
}
