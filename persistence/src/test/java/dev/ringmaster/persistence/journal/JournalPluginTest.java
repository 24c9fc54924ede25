package dev.ringmaster.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.persistence.database.DatabaseException;
import dev.ringmaster.persistence.database.MasterKey;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/// The journal as entities use it: through the plugin, our configuration, our serializer.
@Spec({"SYS-002", "SYS-004"})
class JournalPluginTest {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private final TestDatabase database = TestDatabase.create();
    private final Config config = config(database);
    private ActorTestKit kit = ActorTestKit.create(config);

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        database.close();
    }

    @Test
    void an_entity_recovers_from_what_another_life_of_the_system_wrote() {
        var said = new Said("owes 12 yuan");
        tell(
                new AgentEvent.WorkStarted("seat-1", NINE),
                new AgentEvent.AutoAnswerSet(true, NINE),
                new AgentEvent.NoteSaved("c-1", "billing", "solved", said, NINE));
        var before = state();
        kit.shutdownTestKit();

        kit = ActorTestKit.create(config);
        assertThat(state()).isEqualTo(before);
        assertThat(before.autoAnswer()).isTrue();
        assertThat(manifests()).containsExactly("agent.WorkStarted.v1", "agent.AutoAnswerSet.v1", "agent.NoteSaved.v1");
        assertThat(all("SELECT convert_from(event_payload, 'UTF8') FROM event_journal")
                        .toString())
                .doesNotContain(said.value())
                .contains("sealed:");
        assertThat(all("SELECT xid::text FROM event_journal")).allMatch(xid -> Long.parseLong(xid) > 0);
    }

    @Test
    void a_snapshot_shortens_the_replay_and_one_of_an_unknown_shape_is_left_aside() {
        for (int i = 0; i < 12; i++) {
            tell(new AgentEvent.AutoAnswerSet(i % 2 == 0, NINE.plusSeconds(i)));
        }
        var before = state();
        assertThat(all("SELECT snapshot_ser_manifest FROM snapshot"))
                .isNotEmpty()
                .allMatch("agent.State.v1"::equals);
        kit.shutdownTestKit();
        kit = ActorTestKit.create(config);
        assertThat(state()).isEqualTo(before);
        kit.shutdownTestKit();

        Sql.inTransaction(
                database.source(),
                sql -> sql.update(
                        "UPDATE snapshot SET snapshot_ser_manifest = 'agent.State.v99', snapshot_payload = ?",
                        "{}".getBytes(StandardCharsets.UTF_8)));
        kit = ActorTestKit.create(config);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void a_second_writer_of_an_entity_is_refused_and_leaves_no_key_behind() {
        var table = JournalKeys.ID
                .get(org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(kit.system()))
                .table();
        var note = new AgentEvent.NoteSaved("c-9", "billing", "solved", new Said("first"), NINE);
        assertThat(table.write(List.of(written("agent|bob", 1, note)))).hasSize(1);
        assertThatThrownBy(() -> table.write(List.of(
                        written("agent|eve", 1, new AgentEvent.NoteSaved("c-10", "a", "b", new Said("x"), NINE)),
                        written("agent|bob", 1, note))))
                .isInstanceOf(DatabaseException.class);
        assertThat(all("SELECT persistence_id FROM event_journal")).containsExactly("agent|bob");
        assertThat(all("SELECT subject FROM personal_key")).containsExactly("call|c-9");
        // Nothing of the failed transaction is remembered: the key is drawn and kept with the next write.
        table.write(List.of(written("agent|eve", 1, new AgentEvent.NoteSaved("c-10", "a", "b", new Said("x"), NINE))));
        assertThat(all("SELECT subject FROM personal_key ORDER BY subject")).containsExactly("call|c-10", "call|c-9");
        assertThat(table.highest(List.of("agent|bob", "agent|nobody", "agent|eve")))
                .containsExactly(1L, 0L, 1L);
    }

    @Test
    void a_key_that_another_node_has_drawn_meanwhile_seals_what_is_written_here() {
        var table = JournalKeys.ID
                .get(org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(kit.system()))
                .table();
        var master = MasterKey.read(Path.of(config.getString("ringmaster.personal-values.master-key")));
        var elsewhere = new PersonalKeys(database.source(), master);
        elsewhere.ensure(List.of("call|c-1"));
        var pressed = new CallEvent.KeyPressed("leg-1", 3, new Said("4711"), NINE);
        table.write(List.of(written("call|c-1", 1, pressed), written("call|c-2", 1, pressed)));

        assertThat(all("SELECT subject FROM personal_key ORDER BY subject")).containsExactly("call|c-1", "call|c-2");
        var codec = new EventCodec(new PersonalKeys(database.source(), master));
        List<Object> read = Sql.reading(
                database.source(),
                sql -> sql.list(
                        "SELECT event_payload FROM event_journal",
                        row -> codec.read(EventCodec.manifest(pressed), row.getBytes(1))));
        assertThat(read).containsExactly(pressed, pressed);
    }

    /// What the edge says of calls whose ids it has just drawn.
    @Test
    void a_start_asks_nobody_where_nothing_can_be_and_a_wrong_hint_writes_nothing() {
        tell(new AgentEvent.WorkStarted("seat-1", NINE));
        var before = state();
        var hints = new AtomicInteger(1);
        JournalHints.unborn(
                org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(kit.system()),
                id -> id.equals("agent|ann") && hints.getAndDecrement() > 0);
        assertThat(state()).isEqualTo(Agent.unborn("ann"));
        assertThat(state()).isEqualTo(before);

        hints.set(1);
        var scribe = kit.spawn(new Scribe());
        var probe = kit.createTestProbe(Agent.class);
        scribe.tell(new Scribe.Persist(List.of(new AgentEvent.AutoAnswerSet(true, NINE)), probe.ref()));
        probe.expectTerminated(scribe, Duration.ofSeconds(20));
        assertThat(manifests()).containsExactly("agent.WorkStarted.v1");
        assertThat(state()).isEqualTo(before);
    }

    private static scala.collection.immutable.Seq<AtomicWrite> written(String id, long number, Object event) {
        var row = PersistentRepr.apply(
                event, number, id, "", false, org.apache.pekko.actor.ActorRef.noSender(), "writer");
        return CollectionConverters.asScala(List.of(new AtomicWrite(
                        CollectionConverters.asScala(List.of(row)).toSeq())))
                .toSeq();
    }

    /// Persists what it is told.
    private static final class Scribe extends EventSourcedBehavior<Scribe.Message, AgentEvent, Agent> {
        private interface Message {}

        record Persist(List<AgentEvent> events, ActorRef<Agent> replyTo) implements Message {}

        Scribe() {
            super(PersistenceId.ofUniqueId("agent|ann"));
        }

        @Override
        public Agent emptyState() {
            return Agent.unborn("ann");
        }

        @Override
        public CommandHandler<Message, AgentEvent, Agent> commandHandler() {
            return newCommandHandlerBuilder()
                    .forAnyState()
                    .onCommand(
                            Persist.class,
                            (_, m) -> Effect()
                                    .persist(m.events())
                                    .thenRun(agent -> m.replyTo().tell(agent)))
                    .build();
        }

        @Override
        public EventHandler<Agent, AgentEvent> eventHandler() {
            return Agent::apply;
        }

        @Override
        public RetentionCriteria retentionCriteria() {
            return RetentionCriteria.snapshotEvery(5, 2);
        }
    }

    private void tell(AgentEvent... events) {
        var scribe = kit.spawn(new Scribe());
        var probe = kit.createTestProbe(Agent.class);
        for (var event : events) {
            scribe.tell(new Scribe.Persist(List.of(event), probe.ref()));
            probe.receiveMessage(Duration.ofSeconds(20));
        }
        kit.stop(scribe);
    }

    private Agent state() {
        var scribe = kit.spawn(new Scribe());
        var probe = kit.createTestProbe(Agent.class);
        scribe.tell(new Scribe.Persist(List.of(), probe.ref()));
        var state = probe.receiveMessage(Duration.ofSeconds(20));
        kit.stop(scribe);
        return state;
    }

    private List<String> manifests() {
        return all("SELECT event_ser_manifest FROM event_journal ORDER BY ordering");
    }

    private List<String> all(String query) {
        return Sql.reading(database.source(), sql -> sql.list(query, row -> row.getString(1)));
    }

    private static Config config(TestDatabase database) {
        try {
            var secrets = Files.createTempDirectory(Files.createDirectories(Path.of("target/secrets")), "s");
            return ConfigFactory.parseMap(Map.of(
                            "pekko-persistence-jdbc.shared-databases.slick.db.url",
                            database.urlWithPassword(),
                            "ringmaster.personal-values.master-key",
                            MasterKey.file(secrets).toString(),
                            "pekko.actor.allow-java-serialization",
                            "off"))
                    .withFallback(ConfigFactory.parseFile(
                            Path.of("../cluster-config/reference/journal.conf").toFile()))
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
