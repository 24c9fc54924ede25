package dev.ringmaster.bench;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallResult;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.persistence.database.Database;
import dev.ringmaster.persistence.database.DatabaseSettings;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.runtime.cluster.NodeConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// How many events a second the journal takes from entities, beside plain multi-row inserts of the same rows into the
/// same table in the same run.
final class JournalRate {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ENTITIES = 1_000;
    private static final int RAW_THREADS = 4;
    private static final int RAW_ROWS = 400;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final LongAdder written = new LongAdder();
    private final AtomicBoolean running = new AtomicBoolean();

    private JournalRate() {}

    /// @param args a folder for the database; windows of each kind
    public static void main(String[] args) throws Exception {
        try (var database = Database.open(DatabaseSettings.embedded(Path.of(args[0])))) {
            new JournalRate().run(database, Integer.parseInt(args[1]));
        }
        System.exit(0);
    }

    private void run(Database database, int windows) throws Exception {
        var plugin = 0.0;
        var raw = 0.0;
        entities(database, "warm", WARM_UP);
        lives(database, "warm", WARM_UP);
        raw(database, "warm", WARM_UP);
        for (var n = 0; n < windows; n++) {
            var inserts = raw(database, "raw" + n, WINDOW);
            var events = entities(database, "same" + n, WINDOW);
            System.out.printf(
                    "window %d: raw inserts %,.0f rows/s, through the plugin %,.0f events/s, ratio %.2f%n",
                    n + 1, inserts, events, events / inserts);
            plugin += events / windows;
            raw += inserts / windows;
        }
        System.out.printf("mean: raw %,.0f, plugin %,.0f, ratio %.2f%n", raw, plugin, plugin / raw);
        System.out.printf(
                "whole calls (a new entity and its key, 6 events in 4 writes): %,.0f events/s%n",
                lives(database, "life", WINDOW));
    }

    // ---- plain inserts

    private double raw(Database database, String name, Duration window) throws InterruptedException {
        var payloads = Sql.reading(
                database.dataSource(),
                sql -> sql.list(
                        "SELECT event_payload FROM event_journal WHERE event_ser_manifest = 'call.FactSeen.v1' LIMIT 1",
                        row -> row.getBytes(1)));
        return measured(window, () -> {
            for (var t = 0; t < RAW_THREADS; t++) {
                var id = "raw|" + name + t;
                Thread.ofPlatform().daemon().start(() -> insert(database, id, payloads.getFirst()));
            }
        });
    }

    private void insert(Database database, String id, byte[] payload) {
        var number = 0L;
        try (var connection = database.dataSource().getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, adapter_manifest,
                          event_ser_id, event_ser_manifest, event_payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            connection.setAutoCommit(false);
            while (running.get()) {
                for (var row = 0; row < RAW_ROWS; row++) {
                    insert.setString(1, id);
                    insert.setLong(2, ++number);
                    insert.setString(3, "b0a5ad6e-9c59-4b0c-8b0b-3f43c2a6a0ad");
                    insert.setLong(4, 1_700_000_000_000L);
                    insert.setString(5, "");
                    insert.setInt(6, 20_260_001);
                    insert.setString(7, "call.FactSeen.v1");
                    insert.setBytes(8, payload);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                written.add(RAW_ROWS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- through the plugin

    private double entities(Database database, String name, Duration window) throws Exception {
        return inSystem(database, window, context -> {
            for (var n = 0; n < ENTITIES; n++) {
                var id = "call|" + name + n;
                context.spawn(
                        Scribe.of(id, this, number -> List.of(new CallEvent.FactSeen("leg-1", number, AT)), () -> {}),
                        "e" + n);
            }
        });
    }

    /// Two hundred calls at once, each a new entity after the one before it.
    private double lives(Database database, String name, Duration window) throws Exception {
        return inSystem(database, window, context -> {
            for (var n = 0; n < ENTITIES / 5; n++) {
                context.spawn(line("call|" + name + n + "-"), "l" + n);
            }
        });
    }

    private Behavior<Integer> line(String prefix) {
        return Behaviors.setup(context -> {
            context.getSelf().tell(0);
            return Behaviors.receiveMessage(life -> {
                var self = context.getSelf();
                if (running.get()) {
                    context.spawnAnonymous(
                            Scribe.of(prefix + life, this, JournalRate::life, () -> self.tell(life + 1)));
                }
                return Behaviors.same();
            });
        });
    }

    /// What an answered call journals, write by write.
    private static List<CallEvent> life(long write) {
        return switch ((int) write) {
            case 0 ->
                List.of(
                        new CallEvent.CallArrived(
                                "ccc_bench",
                                "leg-1",
                                "node-1#1",
                                "trk",
                                new PhoneNumber("+8613800000000"),
                                new PhoneNumber("1000"),
                                Optional.empty(),
                                "",
                                new FlowRef("ivr", 1),
                                Optional.empty(),
                                dialog(""),
                                AT),
                        new CallEvent.CallAnswered(AT),
                        new CallEvent.NodeEntered("wait", 1, 1, List.of(), Optional.empty(), AT));
            case 1 -> List.of(new CallEvent.LegEstablished("leg-1", 1, dialog(SDP), AT));
            case 2 ->
                List.of(
                        new CallEvent.LegEnded("leg-1", 2, new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0), AT),
                        new CallEvent.CallEnded(EndedBy.CALLER, CallResult.ABANDONED, "hungUp", AT));
            case 3 -> List.of(new CallEvent.QualityNoted("leg-1", 3, 5, 0, 0, 0, AT));
            default -> List.of();
        };
    }

    private static final String SDP = """
            v=0\r
            o=- 1 1 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 40000 RTP/AVP 0 101\r
            a=rtpmap:0 PCMU/8000\r
            a=rtpmap:101 telephone-event/8000\r
            """;

    private static SipDialog dialog(String localSdp) {
        return new SipDialog(
                "1-2@127.0.0.1",
                "local",
                "remote",
                new Said("<sip:1000@127.0.0.1>"),
                new Said("<sip:+8613800000000@127.0.0.1:6060>"),
                new Said("sip:trunk@127.0.0.1:6060"),
                List.of(),
                1,
                1,
                "UDP",
                "127.0.0.1:6060",
                false,
                localSdp,
                SDP,
                40_000,
                Optional.empty());
    }

    private interface Start {
        void in(ActorContext<Void> context);
    }

    private double inSystem(Database database, Duration window, Start start) throws Exception {
        var journal = ConfigFactory.parseResources("cluster-config/reference/journal.conf");
        var config = NodeConfig.single()
                .load(ConfigFactory.parseMap(Map.of(
                                "pekko.actor.provider", "local",
                                "pekko.jvm-shutdown-hooks", "off",
                                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"))
                        .withFallback(database.config())
                        .withFallback(journal));
        var systems = new ArrayList<ActorSystem<Void>>();
        var rate = measured(window, () -> {
            Behavior<Void> guardian = Behaviors.setup(context -> {
                start.in(context);
                return Behaviors.empty();
            });
            systems.add(ActorSystem.create(guardian, "journal", config));
        });
        var system = systems.getFirst();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return rate;
    }

    /// Begins to count a moment after the start, so that starting is not measured.
    private double measured(Duration window, Runnable start) throws InterruptedException {
        running.set(true);
        start.run();
        Thread.sleep(2_000);
        var first = written.sum();
        var began = System.nanoTime();
        Thread.sleep(window.toMillis());
        var rate = (written.sum() - first) * 1e9 / (System.nanoTime() - began);
        running.set(false);
        Thread.sleep(500);
        return rate;
    }

    private enum Step {
        NEXT
    }

    /// Writes what it is given until there is no more.
    private static final class Scribe extends EventSourcedBehavior<Step, CallEvent, Long> {
        private final JournalRate rate;
        private final ActorRef<Step> self;
        private final LongFunction<List<CallEvent>> writes;
        private final Runnable done;
        private long write;

        static Behavior<Step> of(String id, JournalRate rate, LongFunction<List<CallEvent>> writes, Runnable done) {
            return Behaviors.setup(context -> new Scribe(id, rate, context.getSelf(), writes, done));
        }

        private Scribe(
                String id, JournalRate rate, ActorRef<Step> self, LongFunction<List<CallEvent>> writes, Runnable done) {
            super(PersistenceId.ofUniqueId(id));
            this.rate = rate;
            this.self = self;
            this.writes = writes;
            this.done = done;
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Step, CallEvent, Long> commandHandler() {
            return (_, _) -> {
                var events = writes.apply(write++);
                if (!rate.running.get() || events.isEmpty()) {
                    return Effect().none().thenRun((Long _) -> done.run()).thenStop();
                }
                return Effect().persist(events).thenRun((Long _) -> {
                    rate.written.add(events.size());
                    self.tell(Step.NEXT);
                });
            };
        }

        @Override
        public SignalHandler<Long> signalHandler() {
            return newSignalHandlerBuilder()
                    .onSignal(RecoveryCompleted.instance(), _ -> self.tell(Step.NEXT))
                    .build();
        }

        @Override
        public EventHandler<Long, CallEvent> eventHandler() {
            return (number, _) -> number + 1;
        }

        @Override
        public Recovery recovery() {
            return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
        }
    }
}
