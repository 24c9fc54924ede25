package dev.ringmaster.runtime.call;

import dev.ringmaster.call.CallCommand;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.port.Directory;
import dev.ringmaster.tenant.CallerNumber;
import dev.ringmaster.tenant.NumberRoute;
import dev.ringmaster.tenant.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/// Reference data with one flow, a menu; it cannot always be read.
final class MenuDirectory implements Directory {
    private static final FlowRef MENU = new FlowRef("menu", 1);

    /// How often from now on the flow cannot be read.
    final AtomicInteger failsTimes = new AtomicInteger();

    static CallCommand.Arrive arrive(CallCommand.Arrive like) {
        return new CallCommand.Arrive(
                like.instanceId(),
                like.legId(),
                like.edge(),
                like.trunkId(),
                like.from(),
                like.to(),
                like.displayName(),
                like.area(),
                MENU,
                like.surveyLevels(),
                like.dialog());
    }

    @Override
    public CompletionStage<Optional<IvrFlow>> flow(FlowRef ref) {
        if (failsTimes.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("the database is away"));
        }
        var menu = new IvrFlow.Menu(
                "m",
                "Menu",
                List.of("menu"),
                Map.of("1", new IvrFlow.Choice("Bye", "bye")),
                Duration.ofSeconds(4),
                3,
                List.of("wrong"),
                List.of(),
                "bye");
        return CompletableFuture.completedFuture(Optional.of(
                new IvrFlow("menu", 1, "Menu", "m", List.of(menu, new IvrFlow.HangUp("bye", List.of("bye"))))));
    }

    @Override
    public CompletionStage<List<Trunk>> trunks() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Optional<NumberRoute>> route(String trunkId, String calledNumber) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletionStage<List<CallerNumber>> callers(String instanceId, String agentId) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Integer> humanSeats(String instanceId) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletionStage<String> area(String number) {
        return CompletableFuture.completedFuture("");
    }
}
