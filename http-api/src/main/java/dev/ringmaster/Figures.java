package dev.ringmaster;

import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.http.system.JvmMetrics;
import dev.ringmaster.http.system.Metrics;
import dev.ringmaster.runtime.cluster.ClusterFigures;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.truth.TruthBoard;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Collects what the parts of a node count into its metrics.
final class Figures {
    private final Metrics metrics = new Metrics();
    private volatile IntSupplier sessions = () -> 0;
    private volatile @Nullable TruthBoard truth;
    private volatile Supplier<Map<String, Integer>> members = Map::of;
    private volatile Supplier<Map<String, Integer>> entities = Map::of;

    Figures(Stores stores, Optional<Telephone> telephone, Admission admission, Supplier<Duration> journalP99) {
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
                .gauge(
                        "ringmaster_journal_append_p99_seconds",
                        "How long writes to the journal took on this node, 99 of 100 over the last seconds.",
                        () -> journalP99.get().toNanos() / 1e9)
                .counters("ringmaster_refused_calls_total", "Calls refused by reason.", "reason", admission::refusals)
                .gauge(
                        "ringmaster_arrival_window",
                        "Callers who may wait for their call at once, as measured now.",
                        admission::window);
        addTruth();
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

    /// Where the auditor's last word can be read now. Every node tells the same figures.
    void truth(TruthBoard board) {
        truth = board;
    }

    private <T> T ofTruth(T otherwise, Function<TruthBoard.Shown, T> read) {
        var board = truth;
        return board == null ? otherwise : board.shown().map(read).orElse(otherwise);
    }

    private static Map<String, Long> everyKind(Map<String, Long> counts) {
        return Stream.of(Doubt.Kind.values())
                .map(Enum::name)
                .collect(Collectors.toMap(kind -> kind, kind -> counts.getOrDefault(kind, 0L)));
    }

    private void addTruth() {
        metrics.gauge(
                        "ringmaster_truth_facts",
                        "Facts held against another in the auditor's last look.",
                        () -> ofTruth(
                                0L,
                                shown -> shown.report().compared().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()))
                .gauges(
                        "ringmaster_truth_contradictions",
                        "Contradictions that stand, by kind.",
                        "kind",
                        () -> ofTruth(
                                everyKind(Map.of()),
                                shown -> everyKind(shown.report().byKind())))
                .gauge(
                        "ringmaster_truth_alarms",
                        "Contradictions older than 5 s.",
                        () -> ofTruth(0L, shown -> shown.report().alarming()))
                .gauge(
                        "ringmaster_truth_oldest_seconds",
                        "Age of the oldest contradiction.",
                        () -> ofTruth(
                                0.0,
                                shown -> shown.report().standing().stream()
                                        .mapToDouble(
                                                s -> s.contradiction().age().toMillis() / 1e3)
                                        .max()
                                        .orElse(0)))
                .gauge(
                        "ringmaster_truth_age_seconds",
                        "Since the auditor's last word; it speaks every second. -1 before its first.",
                        () -> ofTruth(-1.0, shown -> shown.age().toMillis() / 1e3))
                .counters(
                        "ringmaster_truth_healed_total",
                        "Contradictions of which an owner was told and that are gone, by kind.",
                        "kind",
                        () -> ofTruth(
                                everyKind(Map.of()),
                                shown -> everyKind(shown.report().healedByKind())));
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
