package dev.ringmaster.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Personal values in the journal: unreadable without the keys, gone with them.
@Spec("SYS-012")
class PersonalKeysTest {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private final TestDatabase database = TestDatabase.create();
    private final JournalWriter journal = new JournalWriter(database.source());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void numbers_names_and_words_do_not_stand_in_the_journal() {
        var key = new CallEvent.KeyPressed("leg-1", 3, new Said("secret-4711"), NINE);
        journal.write("call|c-1", Samples.of(CallEvent.CallArrived.class), key);

        var stored = payloads();
        assertThat(stored)
                .doesNotContain("secret-4711")
                .doesNotContain("a value")
                .contains("sealed:");
        assertThat(journal.codec()
                        .read(EventCodec.manifest(key), journal.codec().write("call|c-1", key)))
                .isEqualTo(key);
    }

    @Test
    void one_key_is_drawn_for_a_call_and_none_for_events_without_personal_values() {
        journal.write("call|c-1", Samples.of(CallEvent.CallArrived.class), Samples.of(CallEvent.KeyPressed.class));
        journal.write("agent|ann", Samples.of(AgentEvent.WorkStarted.class));
        assertThat(subjects()).containsExactly("call|c-1");
    }

    @Test
    void what_an_agent_knows_of_a_call_is_sealed_with_the_key_of_the_call() {
        var note = new AgentEvent.NoteSaved("c-9", "billing", "solved", new Said("owes 12 yuan"), NINE);
        journal.write("agent|ann", note);
        assertThat(subjects()).containsExactly("call|c-9");
    }

    @Test
    void a_dropped_key_forgets_the_person_and_keeps_the_event() {
        var key = new CallEvent.KeyPressed("leg-1", 3, new Said("4711"), NINE);
        var bytes = journal.codec().write("call|c-1", key);
        var other = journal.codec().write("call|c-2", key);

        journal.keys().drop("call|c-1");

        var read = (CallEvent.KeyPressed) journal.codec().read(EventCodec.manifest(key), bytes);
        assertThat(read.key().value()).isEqualTo(PersonalKeys.FORGOTTEN);
        assertThat(read.legId()).isEqualTo("leg-1");
        assertThat(journal.codec().read(EventCodec.manifest(key), other)).isEqualTo(key);
        // Nothing that comes late brings the person back, and no second key is drawn.
        var late = journal.codec().write("call|c-1", key);
        assertThat(new String(late, StandardCharsets.UTF_8)).doesNotContain("4711");
        assertThat(((CallEvent.KeyPressed) journal.codec().read(EventCodec.manifest(key), late))
                        .key()
                        .value())
                .isEqualTo(PersonalKeys.FORGOTTEN);
    }

    @Test
    void another_node_with_the_same_master_key_reads_it_and_one_with_another_does_not() {
        var master = JournalWriter.masterKey();
        var one = new EventCodec(new PersonalKeys(database.source(), master));
        var key = new CallEvent.KeyPressed("leg-1", 3, new Said("4711"), NINE);
        var bytes = one.write("call|c-1", key);

        assertThat(new EventCodec(new PersonalKeys(database.source(), master)).read(EventCodec.manifest(key), bytes))
                .isEqualTo(key);
        var stranger = new EventCodec(new PersonalKeys(database.source(), JournalWriter.masterKey()));
        assertThatThrownBy(() -> stranger.read(EventCodec.manifest(key), bytes))
                .hasStackTraceContaining("wrong master key");
    }

    @Test
    void keys_in_the_table_cannot_be_exchanged() {
        var master = JournalWriter.masterKey();
        var key = new CallEvent.KeyPressed("leg-1", 3, new Said("4711"), NINE);
        var codec = new EventCodec(new PersonalKeys(database.source(), master));
        var bytes = codec.write("call|c-1", key);
        codec.write("call|c-2", key);
        Sql.inTransaction(database.source(), sql -> sql.update("""
                        UPDATE personal_key SET wrapped = (SELECT wrapped FROM personal_key WHERE subject = 'call|c-2')
                        WHERE subject = 'call|c-1'
                        """));
        var fresh = new EventCodec(new PersonalKeys(database.source(), master));
        assertThatThrownBy(() -> fresh.read(EventCodec.manifest(key), bytes)).isInstanceOf(IllegalStateException.class);
    }

    private String payloads() {
        return Sql.reading(
                database.source(),
                sql -> String.join(
                        "\n",
                        sql.list(
                                "SELECT event_payload FROM event_journal",
                                row -> new String(row.getBytes(1), StandardCharsets.UTF_8))));
    }

    private List<String> subjects() {
        return Sql.reading(
                database.source(),
                sql -> sql.list("SELECT subject FROM personal_key ORDER BY 1", row -> row.getString(1)));
    }
}
