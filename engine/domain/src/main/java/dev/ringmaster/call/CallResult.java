package dev.ringmaster.call;

/// How an attempt to reach somebody ended (OBT-031); inbound calls use SUCCESS when a person or bot talked,
/// ABANDONED when nobody did.
public enum CallResult {
    SUCCESS,
    BUSY,
    NO_ANSWER,
    REJECTED,
    OUT_OF_AREA,
    POWERED_OFF,
    SUSPENDED,
    EMPTY_NUMBER,
    CALL_LOSS,
    OTHER,
    /// Inbound only: the caller left (or was sent away) before an agent talked to him.
    ABANDONED
}
