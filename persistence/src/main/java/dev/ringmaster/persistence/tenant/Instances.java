package dev.ringmaster.persistence.tenant;

import dev.ringmaster.persistence.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// The instances of this installation.
public final class Instances {
    private static final String SELECT =
            "SELECT instance_id, address, name, zone, human_seats, ai_seats FROM instance ";

    private final DataSource source;
    private final Clock clock;

    public Instances(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// Adds or changes an instance. The same again changes nothing.
    public void save(Instance instance, String by) {
        Sql.inTransaction(source, sql -> {
            if (sql.first(SELECT + "WHERE instance_id = ?", Instances::read, instance.id())
                    .equals(Optional.of(instance))) {
                return false;
            }
            sql.update(
                    """
                    INSERT INTO instance (instance_id, address, name, zone, human_seats, ai_seats) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (instance_id) DO UPDATE SET address = EXCLUDED.address, name = EXCLUDED.name, zone = EXCLUDED.zone,
                      human_seats = EXCLUDED.human_seats, ai_seats = EXCLUDED.ai_seats
                    """,
                    instance.id(),
                    instance.address(),
                    instance.name(),
                    instance.zone().getId(),
                    instance.humanSeats(),
                    instance.aiSeats());
            AuditTrail.note(
                    sql,
                    clock.instant(),
                    instance.id(),
                    by,
                    "instance.saved",
                    instance.id(),
                    Map.of(
                            "address",
                            instance.address(),
                            "humanSeats",
                            instance.humanSeats(),
                            "aiSeats",
                            instance.aiSeats()));
            return true;
        });
    }

    public Optional<Instance> byId(String id) {
        return Sql.reading(source, sql -> sql.first(SELECT + "WHERE instance_id = ?", Instances::read, id));
    }

    /// By id or by address: what a browser may say (`docs/live-protocol.md`).
    public Optional<Instance> named(String idOrAddress) {
        return Sql.reading(
                source,
                sql -> sql.first(
                        SELECT + "WHERE instance_id = ? OR address = ? ORDER BY instance_id = ? DESC",
                        Instances::read,
                        idOrAddress,
                        idOrAddress,
                        idOrAddress));
    }

    public List<Instance> all() {
        return Sql.reading(source, sql -> sql.list(SELECT + "ORDER BY instance_id", Instances::read));
    }

    private static Instance read(ResultSet row) throws SQLException {
        return new Instance(
                row.getString("instance_id"),
                row.getString("address"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                row.getInt("human_seats"),
                row.getInt("ai_seats"));
    }
}
