package dev.ringmaster;

import dev.ringmaster.persistence.database.Database;
import dev.ringmaster.persistence.database.DatabaseSettings;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.EventCodec;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.PersonalKeys;
import dev.ringmaster.persistence.projection.ProjectionSettings;
import dev.ringmaster.persistence.projection.Projections;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `replay call ID`, `replay agent ID`: the time line of one entity as its journal tells it,
/// personal values masked; `replay rebuild`:
/// makes the read models anew (HOT-021). Also beside a running node.
final class Replay {
    private Replay() {}

    /// @return the exit status
    static int run(Settings settings, List<String> what, PrintStream out) throws IOException {
        var rebuild = what.equals(List.of("rebuild"));
        var line = what.size() == 2 && List.of("call", "agent").contains(what.getFirst());
        if (!rebuild && !line) {
            System.err.println("ringmaster: replay call ID | agent ID | rebuild");
            return 2;
        }
        var folder = settings.database().isPresent() ? settings.files() : settings.data();
        try (var database = Database.open(DatabaseSettings.of(folder, address(settings)))) {
            var keys = new PersonalKeys(database.dataSource(), database.masterKey());
            var reader = new JournalReader(new EventCodec(keys), keys);
            return rebuild
                    ? rebuild(database, reader, out)
                    : timeLine(database, reader, what.getFirst() + "|" + what.getLast(), out);
        }
    }

    private static int rebuild(Database database, JournalReader reader, PrintStream out) {
        try (var projections = new Projections(database.dataSource(), reader, ProjectionSettings.DEFAULT)) {
            projections.rebuild();
        }
        out.println("read models rebuilt from the journal");
        return 0;
    }

    private static int timeLine(Database database, JournalReader reader, String persistenceId, PrintStream out) {
        var entries = Sql.reading(database.dataSource(), sql -> reader.ofEntity(sql, persistenceId, 0));
        entries.forEach(entry -> out.println(entry.seq() + "  " + oneLine(entry.event())));
        if (entries.isEmpty()) {
            System.err.println("ringmaster: the journal knows no " + persistenceId.replace('|', ' '));
            return 1;
        }
        return 0;
    }

    /// Session descriptions have many lines.
    private static String oneLine(Object event) {
        return event.toString().replaceAll("\\s*\\R", " / ");
    }

    /// The outside database, or the embedded one of a node that runs now; empty: start the embedded one.
    private static Optional<String> address(Settings settings) throws IOException {
        if (settings.database().isPresent() || !FolderLock.held(settings.data())) {
            return settings.database();
        }
        var port = Files.readAllLines(settings.data().resolve("postgres").resolve("postmaster.pid"))
                .get(3);
        var password = Files.readString(secret(settings.data())).strip();
        return Optional.of("jdbc:postgresql://127.0.0.1:" + port.strip() + "/ringmaster?user=ringmaster&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8));
    }

    private static Path secret(Path data) {
        return data.resolve("secrets").resolve("database-password");
    }
}
