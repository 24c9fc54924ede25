package dev.ringmaster.port;

import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.tenant.CallerNumber;
import dev.ringmaster.tenant.NumberRoute;
import dev.ringmaster.tenant.Trunk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Reference data as the engine needs it. Every answer is read from the tables (or a copy at most a second old).
public interface Directory {
    CompletionStage<List<Trunk>> trunks();

    /// The inbound number that was called over this trunk; empty = unknown (404).
    CompletionStage<Optional<NumberRoute>> route(String trunkId, String calledNumber);

    /// A published flow version; empty = there is none.
    CompletionStage<Optional<IvrFlow>> flow(FlowRef ref);

    /// Numbers this agent may call out with (AGT-032, HOT-005).
    CompletionStage<List<CallerNumber>> callers(String instanceId, String agentId);

    /// Human seats of the instance (TEN-011).
    CompletionStage<Integer> humanSeats(String instanceId);

    /// Home area of a number, "" when unknown.
    CompletionStage<String> area(String number);
}
