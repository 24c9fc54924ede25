package dev.ringmaster.agent;

/// What has become of a pressed answer: the browser's command is answered when it is no longer PENDING.
public enum AnswerOutcome {
    /// The call has not said yet whether it agrees.
    PENDING,
    AGREED,
    /// The caller was faster.
    GONE,
    /// She has not answered such a call, or it is too long ago.
    NONE
}
