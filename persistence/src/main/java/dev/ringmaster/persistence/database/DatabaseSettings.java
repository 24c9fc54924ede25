package dev.ringmaster.persistence.database;

import java.nio.file.Path;
import java.util.Optional;

/// Which database a node uses.
///
/// @param data the node's data directory (`RINGMASTER_DATA`): embedded server, secrets
/// @param url an outside PostgreSQL (`RINGMASTER_DATABASE`, `jdbc:postgresql://…`); empty = the embedded one
/// @param connections pool size of stores and read models; the journal plugin has its own pool
public record DatabaseSettings(Path data, Optional<String> url, int connections) {
    /// Enough for two cores; more only queue inside PostgreSQL.
    public static final int DEFAULT_CONNECTIONS = 12;

    public static DatabaseSettings embedded(Path data) {
        return new DatabaseSettings(data, Optional.empty(), DEFAULT_CONNECTIONS);
    }

    public static DatabaseSettings of(Path data, Optional<String> url) {
        return new DatabaseSettings(data, url.filter(u -> !u.isBlank()), DEFAULT_CONNECTIONS);
    }
}
