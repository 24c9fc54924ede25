package dev.ringmaster.persistence.tenant;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.tenant.Trunk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// The SIP lines. Each change counts up the line's version; edges apply it without a restart (TEN-036).
public final class Trunks {
    private static final String SELECT =
            "SELECT trunk_id, instance_id, name, peer, trusted, codecs, max_calls, dtmf, version FROM trunk ";

    private final DataSource source;
    private final Clock clock;

    public Trunks(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// Adds or changes a line; the version given is not looked at. The same again changes nothing.
    ///
    /// @return the line as it stands now
    public Trunk save(Trunk trunk, String by) {
        return Sql.inTransaction(source, sql -> {
            var known = sql.first(
                    SELECT + "WHERE trunk_id = ? AND instance_id = ? FOR UPDATE",
                    Trunks::read,
                    trunk.trunkId(),
                    trunk.instanceId());
            var version = known.map(Trunk::version).orElse(0);
            if (known.equals(Optional.of(versioned(trunk, version)))) {
                return known.get();
            }
            var next = versioned(trunk, version + 1);
            sql.update(
                    """
                    INSERT INTO trunk (trunk_id, instance_id, name, peer, trusted, codecs, max_calls, dtmf, version)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (trunk_id) DO UPDATE SET name = EXCLUDED.name, peer = EXCLUDED.peer, trusted = EXCLUDED.trusted,
                      codecs = EXCLUDED.codecs, max_calls = EXCLUDED.max_calls, dtmf = EXCLUDED.dtmf, version = EXCLUDED.version
                    WHERE trunk.instance_id = EXCLUDED.instance_id
                    """,
                    next.trunkId(),
                    next.instanceId(),
                    next.name(),
                    next.peer(),
                    next.trusted(),
                    next.codecs(),
                    next.maxCalls(),
                    next.dtmf(),
                    next.version());
            AuditTrail.note(
                    sql,
                    clock.instant(),
                    next.instanceId(),
                    by,
                    "trunk.saved",
                    next.trunkId(),
                    Map.of(
                            "version", next.version(),
                            "peer", next.peer(),
                            "trusted", next.trusted(),
                            "codecs", next.codecs(),
                            "maxCalls", next.maxCalls(),
                            "dtmf", next.dtmf()));
            return next;
        });
    }

    public List<Trunk> all() {
        return Sql.reading(source, sql -> sql.list(SELECT + "ORDER BY trunk_id", Trunks::read));
    }

    private static Trunk versioned(Trunk t, int version) {
        return new Trunk(
                t.trunkId(),
                t.instanceId(),
                t.name(),
                t.peer(),
                t.trusted(),
                t.codecs(),
                t.maxCalls(),
                t.dtmf(),
                version);
    }

    private static Trunk read(ResultSet row) throws SQLException {
        return new Trunk(
                row.getString("trunk_id"),
                row.getString("instance_id"),
                row.getString("name"),
                row.getString("peer"),
                Sql.texts(row, "trusted"),
                Sql.texts(row, "codecs"),
                row.getInt("max_calls"),
                row.getString("dtmf"),
                row.getInt("version"));
    }
}
