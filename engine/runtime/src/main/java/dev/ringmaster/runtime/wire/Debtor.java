package dev.ringmaster.runtime.wire;

/// Who owes a message, and so where its confirmation goes.
public record Debtor(Kind kind, String id) implements NodeMessage {
    public enum Kind {
        CALL,
        AGENT
    }

    public static Debtor call(String callId) {
        return new Debtor(Kind.CALL, callId);
    }

    public static Debtor agent(String agentId) {
        return new Debtor(Kind.AGENT, agentId);
    }
}
