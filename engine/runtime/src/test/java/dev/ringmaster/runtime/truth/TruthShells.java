package dev.ringmaster.runtime.truth;

import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.truth.Audit;
import dev.ringmaster.truth.Contradiction;
import dev.ringmaster.truth.EdgeFact;
import dev.ringmaster.truth.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.helpers.NOPLogger;

/// The auditor without a cluster: what nodes say, and what cannot be true together.
public final class TruthShells {
    private final Findings findings = new Findings(NOPLogger.NOP_LOGGER);
    private Audit audit = Audit.NOTHING;
    private long looks;

    /// One node's voice.
    public static final class Teller {
        private final String node;
        private final NodeFacts facts;

        public Teller(
                String node, Ledger ledger, Supplier<Optional<EdgeFact>> edge, NodeClock clock, LongSupplier nanoTime) {
            this.node = node;
            this.facts = new NodeFacts(ledger, edge, clock, nanoTime);
        }
    }

    /// One look at all of them.
    ///
    /// @return whose owners are to be told
    public List<Contradiction> look(Duration at, Instant now, List<Teller> tellers, Look.Open open) {
        var hearing = new Hearing(++looks, new HashSet<>());
        tellers.forEach(teller -> teller.facts.pages(looks, teller.node).forEach(hearing::add));
        var calls = new HashSet<>(open.calls());
        var agents = new HashSet<>(open.agents());
        var instances = new HashSet<>(open.instances());
        calls.removeIf(hearing::closed);
        agents.removeIf(hearing::offDuty);
        instances.removeIf(hearing::unheld);
        audit = audit.next(hearing.look(at, new Look.Open(calls, agents, instances)));
        return findings.next(audit, at.toNanos(), now);
    }

    /// What people would be told of.
    public List<Contradiction> alarms() {
        return audit.standing().stream().filter(Contradiction::alarming).toList();
    }
}
