package dev.ringmaster;

import dev.ringmaster.http.demo.DemoInstance;
import dev.ringmaster.persistence.clock.SharedClock;
import dev.ringmaster.persistence.database.Database;
import dev.ringmaster.persistence.database.DatabaseSettings;
import dev.ringmaster.persistence.identity.Logins;
import dev.ringmaster.persistence.journal.EventCodec;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.PersonalKeys;
import dev.ringmaster.persistence.projection.OpenEntityReader;
import dev.ringmaster.persistence.projection.ProjectionSettings;
import dev.ringmaster.persistence.projection.Projections;
import dev.ringmaster.persistence.read.CallJournal;
import dev.ringmaster.persistence.read.CallRecords;
import dev.ringmaster.persistence.read.CallSearch;
import dev.ringmaster.persistence.read.ServiceTrack;
import dev.ringmaster.persistence.recording.FileRecordingStore;
import dev.ringmaster.persistence.tenant.AuditTrail;
import dev.ringmaster.persistence.tenant.Flows;
import dev.ringmaster.persistence.tenant.Groups;
import dev.ringmaster.persistence.tenant.Instances;
import dev.ringmaster.persistence.tenant.Numbers;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.PostgresDirectory;
import dev.ringmaster.persistence.tenant.Trunks;
import dev.ringmaster.runtime.clock.NodeClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/// The database of a node and everything that reads and writes it, made once.
final class Stores implements AutoCloseable {
    final Database database;
    final SharedClock sharedClock;
    final NodeClock clock;
    final Instances instances;
    final People people;
    final Groups groups;
    final Trunks trunks;
    final Flows flows;
    final Numbers numbers;
    final Logins logins;
    final AuditTrail audit;
    final PostgresDirectory directory;
    final EventCodec codec;
    final JournalReader journal;
    final Projections projections;
    final OpenEntityReader openEntities;
    final FileRecordingStore recordings;
    final CallSearch search;
    final CallRecords records;
    final CallJournal steps;
    final ServiceTrack track;

    Stores(Settings settings) throws IOException {
        database = open(settings);
        var source = database.dataSource();
        sharedClock = SharedClock.open(source, Clock.systemUTC(), settings.clock());
        clock = new NodeClock(Clock.systemUTC(), sharedClock.shift());
        var now = sharedClock.clock();
        instances = new Instances(source, now);
        people = new People(source, now);
        groups = new Groups(source, now);
        trunks = new Trunks(source, now);
        flows = new Flows(source, now);
        numbers = new Numbers(source, now);
        logins = new Logins(source, now);
        audit = new AuditTrail(source);
        directory = new PostgresDirectory(source, trunks, flows);
        var keys = new PersonalKeys(source, database.masterKey());
        codec = new EventCodec(keys);
        journal = new JournalReader(codec, keys);
        projections = new Projections(source, journal, ProjectionSettings.DEFAULT);
        openEntities = new OpenEntityReader(source, journal);
        recordings = new FileRecordingStore(recordingsInTheMaking(settings), settings.files(), source, now);
        search = new CallSearch(source);
        records = new CallRecords(source);
        steps = new CallJournal(source, codec);
        track = new ServiceTrack(source);
    }

    /// Where this node's media writes.
    static Path recordingsInTheMaking(Settings settings) {
        return settings.data().resolve("recordings-in-the-making");
    }

    /// With an outside database its secrets lie in the folder that all nodes see; nodes that start
    /// together take turns, so that only the
    /// first draws them and migrates.
    private static Database open(Settings settings) throws IOException {
        if (settings.database().isEmpty()) {
            return Database.open(DatabaseSettings.of(settings.data(), settings.database()));
        }
        Files.createDirectories(settings.files());
        try (var turn = FileChannel.open(
                        settings.files().resolve("starting.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = turn.lock()) {
            return Database.open(DatabaseSettings.of(settings.files(), settings.database()));
        }
    }

    DemoInstance.Repositories demoRepositories() {
        return new DemoInstance.Repositories(instances, people, groups, trunks, flows, numbers, logins);
    }

    /// The database last.
    @Override
    public void close() {
        projections.close();
        openEntities.close();
        recordings.close();
        directory.close();
        sharedClock.close();
        database.close();
    }
}
