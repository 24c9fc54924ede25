package dev.ringmaster.base;

import org.jspecify.annotations.Nullable;

/// Why something was not done: a stable code for programs, a sentence for people, and the field at fault where
/// there is one (SYS-011).
public record Refusal(String code, String message, @Nullable String field) {
    public static Refusal of(String code, String message) {
        return new Refusal(code, message, null);
    }
}
