package dev.ringmaster.http.web;

import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.persistence.identity.Session;

/// Who asks: the living login behind an access token. Every query of hers is kept to her instance.
public record Caller(Session session, String accessToken) {
    public String instanceId() {
        return session.instanceId();
    }

    public String personId() {
        return session.agentId();
    }

    public boolean may(Right right) {
        return session.may(right);
    }

    @Override
    public String toString() {
        return "Caller(" + session.sessionId() + ")";
    }
}
