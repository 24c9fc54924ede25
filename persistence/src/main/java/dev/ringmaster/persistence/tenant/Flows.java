package dev.ringmaster.persistence.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.json.DomainJson;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// Published IVR flows: immutable numbered documents (HOT-012).
public final class Flows {
    private final DataSource source;
    private final Clock clock;

    public Flows(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// What publishing came to.
    public sealed interface Publication {
        /// It stands under this number now, or stood there already.
        record Published(FlowRef ref) implements Publication {}

        record Refused(Refusal refusal) implements Publication {}
    }

    /// Publishes the document under the next number (the one it brings is not looked at), unless it is the newest
    /// one already.
    public Publication publish(String instanceId, IvrFlow draft, String by) {
        var refusal = FlowCheck.check(draft);
        if (refusal.isPresent()) {
            return new Publication.Refused(refusal.get());
        }
        return Sql.inTransaction(source, sql -> {
            // Two publishers take turns.
            sql.list("SELECT pg_advisory_xact_lock(hashtext(?))", _ -> true, "ivr_flow " + draft.flowId());
            var newest = sql.first(
                    "SELECT document, instance_id FROM ivr_flow WHERE flow_id = ? ORDER BY version DESC LIMIT 1",
                    row -> Map.entry(read(row.getString("document")), row.getString("instance_id")),
                    draft.flowId());
            if (newest.isPresent() && !newest.get().getValue().equals(instanceId)) {
                return new Publication.Refused(
                        new Refusal("FlowNotOwned", "This flow belongs to another instance.", "flowId"));
            }
            var version = newest.map(n -> n.getKey().version()).orElse(0);
            if (newest.map(n -> n.getKey().equals(numbered(draft, version))).orElse(false)) {
                return new Publication.Published(new FlowRef(draft.flowId(), version));
            }
            var next = numbered(draft, version + 1);
            sql.update("""
                    INSERT INTO ivr_flow (flow_id, version, instance_id, document, published_at, published_by)
                    VALUES (?, ?, ?, ?::jsonb, ?, ?)
                    """, next.flowId(), next.version(), instanceId, write(next), clock.instant(), by);
            AuditTrail.note(
                    sql,
                    clock.instant(),
                    instanceId,
                    by,
                    "flow.published",
                    next.flowId(),
                    Map.of("version", next.version()));
            return new Publication.Published(next.ref());
        });
    }

    public Optional<IvrFlow> find(FlowRef ref) {
        return Sql.reading(
                source,
                sql -> sql.first(
                        "SELECT document FROM ivr_flow WHERE flow_id = ? AND version = ?",
                        row -> read(row.getString("document")),
                        ref.flowId(),
                        ref.version()));
    }

    private static IvrFlow numbered(IvrFlow flow, int version) {
        return new IvrFlow(flow.flowId(), version, flow.name(), flow.start(), flow.nodes());
    }

    private static IvrFlow read(String document) {
        try {
            return DomainJson.mapper().readValue(document, IvrFlow.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A published flow cannot be read", e);
        }
    }

    private static String write(IvrFlow flow) {
        try {
            return DomainJson.mapper().writeValueAsString(flow);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A flow cannot be written", e);
        }
    }
}
