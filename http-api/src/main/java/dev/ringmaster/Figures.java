package dev.ringmaster;

import dev.ringmaster.http.system.JvmMetrics;
import dev.ringmaster.http.system.Metrics;
import dev.ringmaster.runtime.cluster.ClusterFigures;
import dev.ringmaster.runtime.edge.Admission;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Collects what the parts of a node count into its metrics.
final class Figures {
    private final Metrics metrics = new Metrics();
    private volatile IntSupplier sessions = () -> 0;
    private volatile Supplier<Map<String, Integer>> members = Map::of;
    private volatile Supplier<Map<String, Integer>> entities = Map::of;

    Figures(Stores stores, Optional<Telephone> telephone, Admission admission) {
        metrics.gauge("ringmaster_sessions", "Browsers connected to this node.", () -> sessions.getAsInt())
                .gauges(
                        "ringmaster_cluster_members",
                        "Members of the cluster as this node sees it.",
                        "state",
                        () -> members.get())
                .gauges("ringmaster_entities", "Entities that live on this node.", "kind", () -> entities.get())
                .gauge(
                        "ringmaster_journal_lag_events",
                        "Journal events that the read models have not seen yet.",
                        () -> stores.projections.lag().events())
                .gauge(
                        "ringmaster_reader_failing",
                        "1 while the journal reader fails and tries again.",
                        () -> stores.projections.lag().failure().isPresent() ? 1 : 0)
                .counters("ringmaster_refused_calls_total", "Calls refused by reason.", "reason", admission::refusals);
        telephone.ifPresent(this::add);
        JvmMetrics.addTo(metrics);
    }

    private void add(Telephone telephone) {
        var media = telephone.media;
        metrics.gauge("ringmaster_legs", "SIP legs held now.", telephone.edge::legs)
                .gauge(
                        "ringmaster_calls",
                        "Calls whose legs this edge holds now.",
                        () -> telephone.edge.held().calls().size())
                .gauge(
                        "ringmaster_agent_lines",
                        "Agents' standing lines held now.",
                        () -> telephone.edge.held().lines().size())
                .counters(
                        "ringmaster_telephony_total",
                        "Events of the telephone by name.",
                        "event",
                        telephone.edge::counters)
                .gauge(
                        "ringmaster_media_streams",
                        "Open media streams.",
                        () -> media.health().streams())
                .gauge(
                        "ringmaster_media_free_port_pairs",
                        "Port pairs left for telephone legs.",
                        () -> media.health().freePortPairs())
                .gauge(
                        "ringmaster_media_lateness_p99_seconds",
                        "How late paced packets were, 99 of 100.",
                        () -> media.health().latenessP99().toNanos() / 1e9)
                .counter(
                        "ringmaster_media_dropped_frames_total",
                        "Recording frames that could not be written.",
                        () -> media.health().droppedRecordingFrames())
                .counter(
                        "ringmaster_media_faults_total",
                        "Faults on media threads.",
                        () -> media.health().faults());
    }

    Metrics metrics() {
        return metrics;
    }

    /// The cluster as the engine that runs now sees it.
    void cluster(ClusterFigures cluster) {
        members = cluster::members;
        entities = cluster::entities;
    }

    /// Who counts the browsers of this node now.
    void sessions(IntSupplier count) {
        sessions = count;
    }
}
