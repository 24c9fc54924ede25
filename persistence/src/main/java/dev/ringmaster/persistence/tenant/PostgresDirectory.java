package dev.ringmaster.persistence.tenant;

import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.port.Directory;
import dev.ringmaster.tenant.CallerNumber;
import dev.ringmaster.tenant.NumberRoute;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// The engine's view of the reference data: read from the tables on threads of its own, an answer kept for a
/// second, a published flow for ever.
public final class PostgresDirectory implements Directory, AutoCloseable {
    /// Longer, and a changed number takes effect late; shorter, and every ringing call asks the database.
    private static final Duration KEPT = Duration.ofSeconds(1);

    /// Bound of the kept answers; reached, all are forgotten and asked for again.
    private static final int MAX_KEPT = 20_000;

    private final DataSource source;
    private final Trunks trunks;
    private final Flows flows;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("directory-", 0).factory());
    private final ConcurrentHashMap<List<String>, Kept> kept = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<FlowRef, IvrFlow> published = new ConcurrentHashMap<>();

    private record Kept(CompletableFuture<?> answer, long atNanos) {}

    public PostgresDirectory(DataSource source, Trunks trunks, Flows flows) {
        this.source = source;
        this.trunks = trunks;
        this.flows = flows;
    }

    @Override
    public CompletionStage<List<Trunk>> trunks() {
        return ask(List.of("trunks"), trunks::all);
    }

    @Override
    public CompletionStage<Optional<NumberRoute>> route(String trunkId, String calledNumber) {
        return ask(
                List.of("route", trunkId, calledNumber),
                () -> Sql.reading(
                        source,
                        sql -> sql.first(
                                """
                                SELECT n.instance_id, n.inbound_survey, f.flow_id, f.version
                                FROM hotline_number n JOIN LATERAL (
                                  SELECT flow_id, version FROM ivr_flow
                                  WHERE flow_id = n.inbound_flow AND instance_id = n.instance_id ORDER BY version DESC LIMIT 1) f ON TRUE
                                WHERE n.trunk_id = ? AND n.number = ?
                                """,
                                row -> new NumberRoute(
                                        row.getString("instance_id"),
                                        calledNumber,
                                        trunkId,
                                        new FlowRef(row.getString("flow_id"), row.getInt("version")),
                                        Optional.ofNullable(row.getObject("inbound_survey", Integer.class))),
                                trunkId,
                                calledNumber)));
    }

    @Override
    public CompletionStage<Optional<IvrFlow>> flow(FlowRef ref) {
        var known = published.get(ref);
        if (known != null) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        return ask(List.of("flow", ref.flowId(), "" + ref.version()), () -> {
            var found = flows.find(ref);
            found.ifPresent(flow -> published.put(ref, flow));
            return found;
        });
    }

    @Override
    public CompletionStage<List<CallerNumber>> callers(String instanceId, String agentId) {
        return ask(
                List.of("callers", instanceId, agentId),
                () -> Sql.reading(
                        source,
                        sql -> sql.list(
                                """
                                SELECT n.number, n.description, n.area, n.trunk_id
                                FROM hotline_number n JOIN person p USING (instance_id)
                                WHERE p.instance_id = ? AND p.agent_id = ? AND n.outbound
                                  AND (n.scope_groups IS NULL
                                    OR n.scope_groups && ARRAY(SELECT group_id FROM membership m WHERE m.agent_id = p.agent_id))
                                  AND EXISTS (SELECT 1 FROM membership m WHERE m.agent_id = p.agent_id)
                                ORDER BY n.number IS NOT DISTINCT FROM p.last_caller DESC, n.number
                                """,
                                row -> new CallerNumber(
                                        row.getString("number"),
                                        row.getString("description"),
                                        row.getString("area"),
                                        row.getString("trunk_id")),
                                instanceId,
                                agentId)));
    }

    @Override
    public CompletionStage<Integer> humanSeats(String instanceId) {
        return ask(
                List.of("seats", instanceId),
                () -> Sql.reading(
                        source,
                        sql -> sql.first(
                                        "SELECT human_seats FROM instance WHERE instance_id = ?",
                                        row -> row.getInt("human_seats"),
                                        instanceId)
                                .orElse(0)));
    }

    @Override
    public CompletionStage<String> area(String number) {
        return ask(
                List.of("area", number),
                () -> Sql.reading(
                        source,
                        sql -> sql.first("""
                                        SELECT area FROM number_area WHERE starts_with(?, prefix) ORDER BY length(prefix) DESC LIMIT 1
                                        """, row -> row.getString("area"), number)
                                .orElse("")));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @SuppressWarnings("unchecked") // a key is only ever asked with the same kind of answer
    private <T> CompletableFuture<T> ask(List<String> key, Supplier<T> question) {
        if (kept.size() > MAX_KEPT) {
            kept.clear();
        }
        var now = System.nanoTime();
        var answer = kept.compute(key, (_, old) -> {
            var fresh = old != null
                    && now - old.atNanos() < KEPT.toNanos()
                    && !old.answer().isCompletedExceptionally();
            return fresh ? old : new Kept(CompletableFuture.supplyAsync(question, threads), now);
        });
        return (CompletableFuture<T>) answer.answer();
    }
}
