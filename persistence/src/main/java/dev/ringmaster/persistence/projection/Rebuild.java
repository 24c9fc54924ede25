package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.Sql;
import javax.sql.DataSource;

/// Builds the read models a second time in a schema of its own, portion by portion, and exchanges them for those in
/// use in one short transaction (REP-021).
final class Rebuild {
    private static final String SCHEMA = "rebuilding";
    private static final String OLD = "rebuilt_away";

    private final DataSource source;
    private final ReadModels models;
    private final int portion;

    Rebuild(DataSource source, ReadModels models, int portion) {
        this.source = source;
        this.models = models;
        this.portion = portion;
    }

    void run() {
        Sql.inTransaction(source, sql -> {
            sql.update("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
            sql.update("CREATE SCHEMA " + SCHEMA);
            for (var table : ReadModels.TABLES) {
                sql.update("CREATE TABLE " + SCHEMA + "." + table + " (LIKE public." + table + " INCLUDING ALL)");
            }
            return true;
        });
        while (portion()) {
            // The next.
        }
        exchange();
    }

    private boolean portion() {
        return Sql.inTransaction(source, sql -> {
            beside(sql);
            return models.project(sql, models.offset(sql), portion) == portion;
        });
    }

    private void exchange() {
        Sql.inTransaction(source, sql -> {
            // From here on nobody else projects; what has come meanwhile is a small rest.
            sql.list("SELECT 1 FROM public.projection_offset WHERE name = ? FOR UPDATE", _ -> true, ReadModels.OFFSET);
            beside(sql);
            while (models.project(sql, models.offset(sql), portion) == portion) {
                // The rest.
            }
            sql.update("CREATE SCHEMA " + OLD);
            for (var table : ReadModels.TABLES) {
                sql.update("ALTER TABLE public." + table + " SET SCHEMA " + OLD);
                sql.update("ALTER TABLE " + SCHEMA + "." + table + " SET SCHEMA public");
            }
            sql.update("DROP SCHEMA " + OLD + " CASCADE");
            sql.update("DROP SCHEMA " + SCHEMA + " CASCADE");
            return true;
        });
    }

    /// Names of read models mean the new ones, all others those in use.
    private static void beside(Sql sql) {
        sql.list("SELECT set_config('search_path', ?, TRUE)", _ -> true, SCHEMA + ", public");
    }
}
