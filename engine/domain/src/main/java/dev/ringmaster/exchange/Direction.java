package dev.ringmaster.exchange;

/// Who began the call: the customer (inbound) or we (outbound).
public enum Direction {
    INBOUND,
    OUTBOUND
}
