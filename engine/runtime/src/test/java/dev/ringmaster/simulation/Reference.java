package dev.ringmaster.simulation;

import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.port.Directory;
import dev.ringmaster.port.RecordingStore;
import dev.ringmaster.tenant.CallerNumber;
import dev.ringmaster.tenant.NumberRoute;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The reference data and the recordings' store: answers take a while, and now and then there is none.
final class Reference implements Directory, RecordingStore {
    private final World world;
    private final ContactCentre centre;

    Reference(ContactCentre centre) {
        this.centre = centre;
        this.world = centre.world;
    }

    private <T> CompletionStage<T> later(T answer) {
        var stage = new CompletableFuture<T>();
        var fails = world.fault(centre.faults.writeFails());
        world.in(
                world.between(1, 10),
                () -> world.step(() -> {
                    if (fails) {
                        stage.completeExceptionally(new IllegalStateException("the database is away"));
                    } else {
                        stage.complete(answer);
                    }
                }));
        return stage;
    }

    @Override
    public CompletionStage<List<Trunk>> trunks() {
        return CompletableFuture.completedFuture(List.of());
    }

    /// The number says the flow: group, menu or not, survey or not.
    @Override
    public CompletionStage<Optional<NumberRoute>> route(String trunkId, String calledNumber) {
        if (calledNumber.equals("nobody")) {
            return later(Optional.empty());
        }
        var parts = List.of(calledNumber.split("-", -1));
        return later(Optional.of(new NumberRoute(
                ContactCentre.INSTANCE,
                calledNumber,
                trunkId,
                new FlowRef(parts.get(0), Integer.parseInt(parts.get(1))),
                parts.get(2).equals("survey") ? Optional.of(3) : Optional.empty())));
    }

    @Override
    public CompletionStage<Optional<IvrFlow>> flow(FlowRef ref) {
        var group = new IvrFlow.ToGroup(
                "g", ref.flowId(), ref.flowId(), 0, "music", List.of("nobody"), Duration.ofSeconds(20));
        var menu = new IvrFlow.Menu(
                "m",
                "Menu",
                List.of("menu"),
                Map.of("1", new IvrFlow.Choice("Go on", "g")),
                Duration.ofSeconds(4),
                3,
                List.of("wrong"),
                List.of(),
                "bye");
        return later(Optional.of(new IvrFlow(
                ref.flowId(),
                ref.version(),
                "",
                ref.version() == 1 ? "g" : "m",
                List.of(menu, group, new IvrFlow.HangUp("bye", List.of("bye"))))));
    }

    @Override
    public CompletionStage<List<CallerNumber>> callers(String instanceId, String agentId) {
        return later(List.of(new CallerNumber("0571", "main", "", "loopback")));
    }

    @Override
    public CompletionStage<Integer> humanSeats(String instanceId) {
        return later(ContactCentre.SEATS);
    }

    @Override
    public CompletionStage<String> area(String number) {
        return later("");
    }

    @Override
    public CompletionStage<Void> seal(
            String callId, String recordingId, String part, Duration offset, Duration length, long bytes) {
        return later(true).thenAccept(_ -> {});
    }
}
