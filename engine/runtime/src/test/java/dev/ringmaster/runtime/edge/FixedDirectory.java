package dev.ringmaster.runtime.edge;

import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.port.Directory;
import dev.ringmaster.tenant.CallerNumber;
import dev.ringmaster.tenant.NumberRoute;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The reference data of a small instance: one number that leads to the queue of Support at once.
public final class FixedDirectory implements Directory {
    public static final String SUPPORT_NUMBER = "4001000002";
    public static final FlowRef TO_SUPPORT = new FlowRef("to-support", 1);
    public static final Trunk LOOPBACK = new Trunk(
            "loopback",
            "demo",
            "loopback",
            "127.0.0.1:5090",
            List.of("127.0.0.0/8"),
            List.of("PCMA"),
            100,
            "RFC4733",
            1);

    @Override
    public CompletionStage<List<Trunk>> trunks() {
        return CompletableFuture.completedFuture(List.of(LOOPBACK));
    }

    @Override
    public CompletionStage<Optional<NumberRoute>> route(String trunkId, String calledNumber) {
        return CompletableFuture.completedFuture(
                calledNumber.equals(SUPPORT_NUMBER)
                        ? Optional.of(new NumberRoute("demo", calledNumber, trunkId, TO_SUPPORT, Optional.empty()))
                        : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<IvrFlow>> flow(FlowRef ref) {
        var queue = new IvrFlow.ToGroup(
                "queue", "support", "Support", 0, "music", List.of("nobody"), Duration.ofSeconds(30));
        return CompletableFuture.completedFuture(
                ref.equals(TO_SUPPORT)
                        ? Optional.of(new IvrFlow(ref.flowId(), ref.version(), "To Support", "queue", List.of(queue)))
                        : Optional.empty());
    }

    @Override
    public CompletionStage<List<CallerNumber>> callers(String instanceId, String agentId) {
        return CompletableFuture.completedFuture(
                List.of(new CallerNumber("057100000001", "main", "Hangzhou", "loopback")));
    }

    @Override
    public CompletionStage<Integer> humanSeats(String instanceId) {
        return CompletableFuture.completedFuture(2);
    }

    @Override
    public CompletionStage<String> area(String number) {
        return CompletableFuture.completedFuture("Hangzhou");
    }
}
