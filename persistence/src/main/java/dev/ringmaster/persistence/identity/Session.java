package dev.ringmaster.persistence.identity;

import dev.ringmaster.persistence.tenant.Role;
import java.time.Instant;
import java.util.Set;

/// A living login: who it is and what she may do, by her roles as they are now.
///
/// @param sessionId names the session in logs and entities; it opens nothing
public record Session(
        String sessionId, String instanceId, String agentId, Set<Role> roles, Set<Right> rights, Instant openedAt) {
    public Session {
        roles = Set.copyOf(roles);
        rights = Set.copyOf(rights);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }
}
