package dev.ringmaster.exchange;

import org.jspecify.annotations.Nullable;

/// The receiver's answer to an owed message: agreed (done, or done before), or refused for ever with a stable code.
public record Confirmation(
        String key, boolean agreed, @Nullable String code) {}
