package dev.ringmaster.persistence.projection;

import static dev.ringmaster.persistence.projection.SampleDay.NINE;
import static dev.ringmaster.persistence.projection.SampleDay.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.JournalWriter;
import dev.ringmaster.persistence.journal.PersonalKeys;
import dev.ringmaster.persistence.read.CallFilter;
import dev.ringmaster.persistence.read.CallJournal;
import dev.ringmaster.persistence.read.CallRecord;
import dev.ringmaster.persistence.read.CallRecords;
import dev.ringmaster.persistence.read.CallSearch;
import dev.ringmaster.persistence.read.ServiceTrack;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// From events to what lists show.
class ProjectionsTest {
    private final TestDatabase database = TestDatabase.create();
    private final JournalWriter journal = new JournalWriter(database.source());
    private final Projections projections =
            new Projections(database.source(), journal.reader(), ProjectionSettings.DEFAULT);
    private final CallRecords records = new CallRecords(database.source());
    private final CallSearch search = new CallSearch(database.source());
    private final SampleDay day = new SampleDay();

    @AfterEach
    void close() {
        projections.close();
        database.close();
    }

    @Test
    @Spec({"HOT-013", "HOT-019", "REP-014"})
    void an_answered_call_has_its_path_agent_note_and_phases_that_add_up() {
        day.startsWork("ann", NINE);
        day.answered("c-1", "ann", "13800001111", NINE.plusSeconds(100));
        project();

        var record = records.record(TENANT, "c-1").orElseThrow();
        assertThat(record.direction()).isEqualTo("INBOUND");
        assertThat(record.from()).isEqualTo("13800001111");
        assertThat(record.to()).isEqualTo("4001000001");
        assertThat(record.result()).isEqualTo("SUCCESS");
        assertThat(record.endedBy()).isEqualTo("CALLER");
        assertThat(record.agent()).contains(new CallRecord.Named("ann", "Name of ann"));
        assertThat(record.group()).contains(new CallRecord.Named("support", "Support"));
        assertThat(record.ivrPath()).containsExactly("Main menu", "1 Support");
        assertThat(record.note()).contains(new CallRecord.Note("billing", "solved", "note of c-1"));
        assertThat(record.displayName()).contains("Caller 13800001111");
        assertThat(record.area()).isEqualTo("上海");
        assertThat(record.answeredAt()).contains(NINE.plusSeconds(112));
        assertThat(kinds(record))
                .containsExactly(
                        "ivr 4000", "queue 6000", "ring 2000", "talk 20000", "hold 5000", "talk 10000", "acw 15000");
        assertThat(sum(record)).isEqualTo(Duration.between(record.startedAt(), record.endedAt()));
    }

    @Test
    @Spec({"HOT-019", "AGT-006"})
    void an_abandoned_call_tells_where_it_was_given_up() {
        day.startsWork("ann", NINE);
        day.missedThenAbandoned("c-1", "ann", "13800001111", NINE.plusSeconds(100));
        day.abandonedInIvr("c-2", "13800002222", NINE.plusSeconds(300));
        project();

        var rungOut = records.record(TENANT, "c-1").orElseThrow();
        assertThat(rungOut.result()).isEqualTo("ABANDONED");
        assertThat(rungOut.answeredAt()).isEmpty();
        assertThat(rungOut.agent()).isEmpty();
        assertThat(kinds(rungOut)).containsExactly("ivr 4000", "queue 1000", "ring 30000", "queue 15000");
        assertThat(sum(rungOut)).isEqualTo(Duration.between(rungOut.startedAt(), rungOut.endedAt()));
        assertThat(kinds(records.record(TENANT, "c-2").orElseThrow())).containsExactly("ivr 3000");
    }

    @Test
    @Spec({"AGT-029", "AGT-033"})
    void a_dialled_call_keeps_source_and_remark_and_belongs_to_the_agent_even_when_it_failed() {
        day.startsWork("ann", NINE);
        day.dialled("c-1", "ann", "057188880000", true, NINE.plusSeconds(100));
        day.dialled("c-2", "ann", "057188880000", false, NINE.plusSeconds(200));
        day.startsWork("bob", NINE);
        day.answered("c-3", "bob", "13800001111", NINE.plusSeconds(300));
        project();

        var dialled = records.record(TENANT, "c-1").orElseThrow();
        assertThat(dialled.direction()).isEqualTo("OUTBOUND");
        assertThat(dialled.source()).isEqualTo("fab");
        assertThat(dialled.remark()).isEqualTo("call back");
        assertThat(kinds(dialled)).containsExactly("dial 5000", "talk 20000", "acw 5000");
        assertThat(records.record(TENANT, "c-2").orElseThrow().result()).isEqualTo("BUSY");

        var hers = search.search(TENANT, CallFilter.ALL.withAgent("ann"), 1, 20);
        assertThat(hers.items()).extracting(CallRecord::callId).containsExactly("c-2", "c-1");
        assertThat(hers.total()).isEqualTo(2);
    }

    @Test
    @Spec({"REP-014", "AGT-017"})
    void calls_are_found_by_number_text_and_page_newest_first_and_only_by_their_instance() {
        day.startsWork("ann", NINE);
        for (int i = 0; i < 5; i++) {
            day.abandonedInIvr("c-" + i, "1380000000" + i % 2, NINE.plusSeconds(100 + i));
        }
        project();

        var byNumber = search.search(TENANT, CallFilter.ALL.withNumber("13800000000"), 1, 2);
        assertThat(byNumber.items()).extracting(CallRecord::callId).containsExactly("c-4", "c-2");
        assertThat(byNumber.total()).isEqualTo(3);
        assertThat(search.search(TENANT, CallFilter.ALL.withNumber("13800000000"), 2, 2)
                        .items())
                .extracting(CallRecord::callId)
                .containsExactly("c-0");
        assertThat(search.search(TENANT, CallFilter.ALL.withText("Caller 1380"), 1, 20)
                        .total())
                .isEqualTo(5);
        assertThat(search.search(TENANT, CallFilter.ALL.withText("%"), 1, 20).total())
                .isZero();
        assertThat(search.search("another", CallFilter.ALL, 1, 20).items()).isEmpty();
        assertThat(records.record("another", "c-1")).isEmpty();
        assertThat(new ServiceTrack(database.source()).of(TENANT, "13800000000"))
                .extracting(CallRecord::callId)
                .containsExactly("c-0", "c-2", "c-4");
    }

    @Test
    @Spec({"HOT-021", "REP-021", "SYS-005"})
    void a_rebuild_gives_the_same_tables_byte_for_byte() {
        var seed = System.nanoTime();
        day.random(seed, 60);
        project();
        var live = export();
        assertThat(live).isNotEmpty();

        projections.rebuild();
        assertThat(export()).as("seed " + seed).isEqualTo(live);

        // And it goes on from there, like any other.
        day.abandonedInIvr("c-after", "13800009999", NINE.plus(Duration.ofDays(1)));
        project();
        assertThat(records.record(TENANT, "c-after")).isPresent();
        assertThat(records.record(TENANT, "c-" + seed + "-0")).isPresent();
    }

    @Test
    @Spec({"HOT-021", "SYS-005"})
    void portions_of_any_size_and_a_restart_in_the_middle_give_the_same_tables() {
        var seed = 20261122L;
        day.random(seed, 40);
        day.writeTo(journal);
        var small = new ProjectionSettings(Duration.ofMillis(10), 7, Duration.ofSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            // A projector that begins anew each time, as after a crash: nothing it needs is only in memory.
            try (var fresh = new Projections(database.source(), journal.reader(), small)) {
                if (!fresh.project()) {
                    break;
                }
            }
        }
        var pieces = export();
        projections.rebuild();
        assertThat(export()).isEqualTo(pieces);
    }

    @Test
    @Spec({"AGT-011"})
    void an_agents_day_is_a_chain_of_intervals_without_gap() {
        day.startsWork("ann", NINE);
        day.answered("c-1", "ann", "13800001111", NINE.plusSeconds(100));
        day.breaksAndEnds("ann", NINE.plusSeconds(1_000));
        project();

        var intervals = Sql.reading(
                database.source(),
                sql -> sql.list("""
                        SELECT state, coalesce(reason, '') AS reason, coalesce(call_id, '') AS call_id,
                          since = lag(until, 1, since) OVER (ORDER BY position) AS joined
                        FROM agent_interval WHERE agent_id = 'ann' ORDER BY position
                        """, row -> {
                    assertThat(row.getBoolean("joined")).isTrue();
                    return (row.getString("state") + " " + row.getString("reason") + row.getString("call_id")).strip();
                }));
        assertThat(intervals)
                .containsExactly("IDLE", "RINGING c-1", "IN_CALL c-1", "ACW c-1", "IDLE", "BREAK MEAL", "OFF");
    }

    @Test
    @Spec("SYS-001")
    void whoever_must_be_awake_is_known_and_nobody_else() throws Exception {
        projections.start();
        day.startsWork("ann", NINE);
        day.startsWork("bob", NINE);
        day.inIvr("c-open", "13800001111", NINE.plusSeconds(10));
        day.queued("c-open", NINE.plusSeconds(20));
        day.abandonedInIvr("c-over", "13800002222", NINE.plusSeconds(10));
        day.breaksAndEnds("bob", NINE.plusSeconds(50));
        day.writeTo(journal);

        try (var reader = new OpenEntityReader(database.source(), journal.reader())) {
            var open = reader.open().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(open.calls()).containsExactly("c-open");
            assertThat(open.agents()).containsExactly("ann");
            assertThat(open.instances()).isEmpty();
        }
    }

    @Test
    @Spec("HOT-019")
    void two_nodes_follow_one_journal_and_each_hears_of_the_record_within_two_seconds() throws Exception {
        var heardHere = new LinkedBlockingQueue<RecordedCall>();
        var heardThere = new LinkedBlockingQueue<RecordedCall>();
        try (var other = new Projections(database.source(), journal.reader(), ProjectionSettings.DEFAULT)) {
            projections.onRecorded(heardHere::add);
            other.onRecorded(heardThere::add);
            projections.start();
            other.start();
            TimeUnit.MILLISECONDS.sleep(300); // both listen
            for (int i = 0; i < 10; i++) {
                var callId = "c-" + i;
                day.abandonedInIvr(callId, "13800001111", NINE.plusSeconds(i));
                day.writeTo(journal);
                var written = System.nanoTime();
                for (BlockingQueue<RecordedCall> heard : List.of(heardHere, heardThere)) {
                    var call = heard.poll(5, TimeUnit.SECONDS);
                    while (call != null && !call.callId().equals(callId)) {
                        call = heard.poll(5, TimeUnit.SECONDS);
                    }
                    assertThat(call).isNotNull();
                }
                assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(2));
                assertThat(records.record(TENANT, callId)).isPresent();
            }
        }
        assertThat(search.search(TENANT, CallFilter.ALL, 1, 50).total()).isEqualTo(10);
    }

    @Test
    @Spec("SYS-005")
    void a_failing_portion_is_tried_again_and_shows_in_the_lag() throws Exception {
        projections.start();
        Sql.inTransaction(database.source(), sql -> sql.update("ALTER TABLE call_record RENAME TO call_record_away"));
        day.abandonedInIvr("c-1", "13800001111", NINE);
        day.writeTo(journal);
        await(() -> projections.lag().failure().isPresent());
        assertThat(projections.lag().events()).isPositive();

        Sql.inTransaction(database.source(), sql -> sql.update("ALTER TABLE call_record_away RENAME TO call_record"));
        await(() -> records.record(TENANT, "c-1").isPresent());
        await(() -> projections.lag().equals(new Projections.Lag(0, java.util.Optional.empty())));
    }

    @Test
    @Spec("HOT-021")
    void the_journal_of_a_call_explains_every_step_with_candidates_and_reasons() {
        day.startsWork("ann", NINE);
        day.answered("c-1", "ann", "13800001111", NINE.plusSeconds(100));
        project();

        var steps = new CallJournal(database.source(), journal.codec()).steps(TENANT, "c-1");
        assertThat(steps).extracting(CallJournal.Step::event).contains("CallArrived", "CallOffered", "CallEnded");
        assertThat(steps).extracting(CallJournal.Step::seq).isSorted();
        var offer = steps.stream()
                .filter(step -> step.event().equals("CallOffered"))
                .findFirst()
                .orElseThrow();
        assertThat(offer.detail().at("/decision/candidates/0/reason").asText()).isEqualTo("chosen");
        assertThat(steps.getFirst().detail().path("from").asText()).isEqualTo("13800001111");
        assertThat(new CallJournal(database.source(), journal.codec()).steps("another", "c-1"))
                .isEmpty();
    }

    /// A hundred calls a second for three minutes, and the look for more would cost a core if it walked through them.
    @Test
    @Spec("SYS-005")
    void a_look_that_finds_nothing_walks_through_nothing() {
        var reader = journal.reader();
        var walked = Sql.inTransaction(database.source(), sql -> {
            sql.update("""
                    INSERT INTO event_journal
                      (persistence_id, sequence_number, writer, event_ser_id, event_ser_manifest, event_payload, xid)
                    SELECT 'call|c-' || n, 1, 'w', 1, 'm', '', '5' FROM generate_series(1, 20000) AS n
                    """);
            sql.update("ANALYZE event_journal");
            var last = new JournalReader.Offset("5", Long.MAX_VALUE);
            assertThat(reader.isCaughtUp(sql, last)).isTrue();
            assertThat(reader.isCaughtUp(sql, last, "6")).isTrue();
            assertThat(reader.isCaughtUp(sql, JournalReader.Offset.BEGINNING)).isFalse();
            return sql.first(
                            "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'event_journal'",
                            row -> row.getLong("seq_tup_read"))
                    .orElseThrow();
        });
        assertThat(walked).isZero();
    }

    @Test
    @Spec({"SYS-012", "REP-021"})
    void a_forgotten_caller_is_in_no_list_and_no_rebuild_brings_her_back() {
        day.startsWork("ann", NINE);
        day.answered("c-1", "ann", "13800001111", NINE.plusSeconds(100));
        day.answered("c-2", "ann", "13800002222", NINE.plusSeconds(200));
        project();
        var forgetting =
                new Forgetting(database.source(), journal.keys(), journal.reader(), java.time.Clock.systemUTC());

        assertThat(forgetting.forget("another", "c-1", "admin")).isFalse();
        assertThat(forgetting.forget(TENANT, "c-1", "admin")).isTrue();

        var after = export();
        assertThat(after.toString()).doesNotContain("13800001111").doesNotContain("note of c-1");
        assertThat(after.toString()).contains("13800002222").contains("note of c-2");
        var record = records.record(TENANT, "c-1").orElseThrow();
        assertThat(record.from()).isEqualTo(PersonalKeys.FORGOTTEN);
        assertThat(record.phases()).hasSize(7);
        projections.rebuild();
        assertThat(export()).isEqualTo(after);
    }

    private void project() {
        day.writeTo(journal);
        while (projections.project()) {
            // The next portion.
        }
        projections.project();
    }

    private List<String> export() {
        var lines = new ArrayList<String>();
        for (var table : List.of(
                "call_record", "call_phase", "call_note", "agent_interval", "open_entity", "projection_offset")) {
            lines.addAll(Sql.reading(
                    database.source(),
                    sql -> sql.list(
                            "SELECT t::text AS line FROM " + table + " t ORDER BY 1",
                            row -> table + row.getString(1))));
        }
        return lines;
    }

    private static List<String> kinds(CallRecord record) {
        return record.phases().stream().map(p -> p.kind() + " " + p.ms()).toList();
    }

    private static Duration sum(CallRecord record) {
        return record.phases().stream()
                .filter(p -> !p.kind().equals("acw"))
                .map(p -> Duration.between(p.startedAt(), p.endedAt()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
