package dev.ringmaster.media;

/// What a browser's line tells besides.
public interface SecureListener extends StreamListener {
    /// @param reason a short code for logs, such as `fingerprint` or `checks-stopped`
    default void onSecureState(SecureState state, String reason) {}
}
