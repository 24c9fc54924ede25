package dev.ringmaster.persistence.identity;

import dev.ringmaster.persistence.tenant.Role;
import java.util.EnumSet;
import java.util.Set;

/// What somebody may do, by the name that the API uses.
public enum Right {
    /// The agent's desk: her own state, calls and records.
    WORKBENCH("workbench"),
    /// The live queues of all groups, with their callers.
    QUEUE_ALL("queue.all"),
    /// Everybody's call records and recordings (REP-014).
    CALLS_ALL("calls.all"),
    /// Every step of a call, with routing decisions.
    CALLS_JOURNAL("calls.journal"),
    /// The auditor's findings and the state of the installation.
    SYSTEM("system");

    private final String code;

    Right(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static Set<Right> of(Set<Role> roles) {
        var rights = EnumSet.of(WORKBENCH);
        if (roles.contains(Role.ADMIN)) {
            rights.addAll(EnumSet.allOf(Right.class));
        }
        return rights;
    }
}
