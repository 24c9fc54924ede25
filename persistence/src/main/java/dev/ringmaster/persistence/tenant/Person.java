package dev.ringmaster.persistence.tenant;

import java.util.Optional;
import java.util.Set;

/// Somebody who works in an instance.
///
/// @param email login name; a person has this, a mobile number, or both (ADM-001)
/// @param displayName shown to colleagues and customers
public record Person(
        String agentId,
        String instanceId,
        Optional<String> email,
        Optional<String> mobile,
        String realName,
        String displayName,
        Set<Role> roles,
        String department,
        String businessUnit,
        Settings settings) {
    public Person {
        roles = Set.copyOf(roles);
    }

    /// What she chose for herself.
    ///
    /// @param autoAnswer offered calls are answered without a click (AGT-024)
    /// @param lastCaller the number she called out with last (AGT-032)
    public record Settings(boolean autoAnswer, Optional<String> lastCaller) {
        public static final Settings DEFAULT = new Settings(false, Optional.empty());
    }

    /// The name under which she logs in.
    public String login() {
        return email.or(() -> mobile).orElseThrow();
    }
}
