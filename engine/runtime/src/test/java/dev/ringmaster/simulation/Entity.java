package dev.ringmaster.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.internal.Callback;
import org.apache.pekko.persistence.typed.internal.CompositeEffect;
import org.apache.pekko.persistence.typed.internal.EffectImpl;
import org.apache.pekko.persistence.typed.internal.SideEffect;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/// Runs a real event-sourced shell as Pekko does: one command at a time, stashing while it writes,
/// effects after the write, restart with
/// back-off (and without timers) after a failed one, recovery from snapshot and events. And it may
/// die at every one of these points.
final class Entity<M, E, S> implements Live {
    private enum Mode {
        RECOVERING,
        READY,
        WRITING,
        BACKING_OFF,
        GONE
    }

    /// One shell, taken apart.
    ///
    /// @param snapshotEvery events between snapshots, 0 = none; far fewer than in production, so that
    /// recoveries meet them
    record Shell<M, E, S>(
            S unborn,
            CommandHandler<M, E, S> commands,
            EventHandler<S, E> events,
            SignalHandler<S> signals,
            int snapshotEvery,
            M stop,
            Function<S, Optional<Instant>> deadline) {}

    private final Machine machine;
    private final World world;
    private final String key;
    private final Ref<M> self;
    private final Timers<M> timers;
    private final Shell<M, E, S> shell;
    private final ArrayDeque<M> stash = new ArrayDeque<>();
    private Mode mode = Mode.RECOVERING;
    private S state;
    private long seq;
    private int failures;
    private Instant readySince = Instant.MAX;

    Entity(Machine machine, String key, BiFunction<ActorContext<M>, TimerScheduler<M>, Shell<M, E, S>> create) {
        this.machine = machine;
        this.world = machine.centre.world;
        this.key = key;
        this.self = new Ref<>(machine.centre, machine, key + "/" + machine.nextActor(), this::told);
        this.timers = new Timers<>(world, this::told);
        var context = Context.of(self, m -> world.in(0, () -> told(m)), () -> seq);
        this.shell = machine.working(() -> create.apply(context, timers));
        this.state = shell.unborn();
        recoverIn(world.between(1, 20));
    }

    @Override
    public String key() {
        return key;
    }

    S state() {
        return state;
    }

    long seq() {
        return seq;
    }

    boolean ready() {
        return mode == Mode.READY;
    }

    /// Since when it has worked without a write or a recovery in its way.
    Instant readySince() {
        return mode == Mode.READY ? readySince : Instant.MAX;
    }

    Optional<Instant> deadline() {
        return shell.deadline().apply(state);
    }

    @Override
    @SuppressWarnings("unchecked") // who sends knows the kind
    public void receive(Object message) {
        told((M) message);
    }

    private void told(M message) {
        if (mode == Mode.GONE || !machine.alive()) {
            return;
        }
        if (mode != Mode.READY) {
            stash.addLast(message);
            return;
        }
        work(message);
    }

    private void work(M message) {
        if (world.traced()) {
            world.trace(machine.name + " " + key + "@" + seq + " <- " + message);
        }
        machine.work(this, () -> carryOut(commanded(message)));
    }

    private Effect<E, S> commanded(M message) {
        try {
            return shell.commands().apply(state, message);
        } catch (Exception fault) {
            throw new IllegalStateException(
                    "seed " + world.seed + ": " + key + " in " + state + " on " + message, fault);
        }
    }

    // ---- effects

    private void carryOut(Effect<E, S> effect) {
        var effects = new ArrayDeque<SideEffect<S>>();
        Object inner = effect;
        while (inner instanceof CompositeEffect<?, ?> composite) {
            @SuppressWarnings("unchecked") // the effects of our own handler
            var own = (CompositeEffect<E, S>) composite;
            CollectionConverters.asJava(own._sideEffects()).reversed().forEach(effects::addFirst);
            inner = own.persistingEffect();
        }
        @SuppressWarnings("unchecked") // the effect of our own handler
        var events = List.copyOf(CollectionConverters.asJava(((EffectImpl<E, S>) inner).events()));
        if (events.isEmpty()) {
            after(effects);
        } else {
            write(events, List.copyOf(effects));
        }
    }

    private void after(Iterable<SideEffect<S>> effects) {
        for (var effect : effects) {
            if (effect instanceof Callback<S> callback) {
                callback.sideEffect().apply(state);
            } else {
                stopped();
            }
        }
    }

    /// Pekko applies events before they are written, and runs the effects when they are.
    private void write(List<E> events, List<SideEffect<S>> effects) {
        var before = seq;
        mode = Mode.WRITING;
        for (var event : events) {
            state = applied(state, event);
            seq++;
        }
        if (machine.diesAt("before a write", this)) {
            return;
        }
        var refused = world.fault(machine.centre.faults.writeFails());
        var kept = !refused || world.chance(0.5);
        var reachesDatabase = world.chance(0.5);
        world.in(world.between(1, 8), () -> {
            if (gone() && !reachesDatabase) {
                return;
            }
            var done = kept && machine.centre.journal.append(key, before, events);
            if (world.traced()) {
                world.trace(machine.name + " " + key + " wrote " + done + " " + events);
            }
            if (done) {
                machine.centre.journaled(key, events);
            }
            if (gone() || machine.diesAt("after a write", this)) {
                return;
            }
            world.in(world.between(0, 3), () -> {
                if (!gone()) {
                    if (done && !refused) {
                        written(effects);
                    } else {
                        failed();
                    }
                }
            });
        });
    }

    private S applied(S to, E event) {
        return machine.working(() -> shell.events().apply(to, event));
    }

    private void written(List<SideEffect<S>> effects) {
        failures = 0;
        mode = Mode.READY;
        readySince = world.now();
        if (shell.snapshotEvery() > 0 && seq % shell.snapshotEvery() == 0) {
            machine.centre.journal.keep(key, seq, state);
        }
        if (world.chance(0.01)) {
            compareWithReplay("live");
        }
        machine.work(this, () -> after(effects));
        goOn();
    }

    private void goOn() {
        while (mode == Mode.READY && machine.alive() && !stash.isEmpty()) {
            work(stash.removeFirst());
        }
    }

    /// As Pekko's supervisor does: the shell stays the same object, its timers are cancelled, and
    /// after a back-off it recovers.
    private void failed() {
        timers.cancelAll();
        mode = Mode.BACKING_OFF;
        var backOff = Math.min(5_000, 200L << Math.min(failures++, 5));
        recoverIn(backOff + world.between(0, 1 + backOff / 5));
    }

    // ---- recovery

    private void recoverIn(long millis) {
        world.in(millis, () -> {
            if (!gone()) {
                recover();
            }
        });
    }

    @SuppressWarnings("unchecked") // snapshots of this key are of this kind
    private void recover() {
        var snapshot =
                shell.snapshotEvery() > 0 ? machine.centre.journal.snapshot(key) : Optional.<Journal.Snapshot>empty();
        state = snapshot.map(s -> (S) s.state()).orElse(shell.unborn());
        seq = snapshot.map(Journal.Snapshot::seq).orElse(0L);
        var events = machine.centre.journal.<E>events(key);
        for (var event : events.subList((int) seq, events.size())) {
            state = applied(state, event);
            seq++;
        }
        if (snapshot.isPresent()) {
            compareWithReplay("recovered");
        }
        mode = Mode.READY;
        readySince = world.now();
        if (world.traced()) {
            world.trace(machine.name + " " + key + "@" + seq + " recovered");
        }
        machine.work(this, () -> signal(RecoveryCompleted.instance()));
        goOn();
    }

    private void signal(Signal signal) {
        var both = new Tuple2<S, Signal>(state, signal);
        if (shell.signals().handler().isDefinedAt(both)) {
            shell.signals().handler().apply(both);
        }
    }

    /// The state is what all the events make from nothing.
    void compareWithReplay(String which) {
        var events = machine.centre.journal.<E>events(key);
        if (events.size() != seq) {
            return; // another writer was faster; the next write will say so
        }
        var again = shell.unborn();
        for (var event : events) {
            again = applied(again, event);
        }
        world.expect(again.equals(state), "replay of " + which + " " + key + " gives " + again + ", not " + state);
    }

    // ---- the end

    private boolean gone() {
        return mode == Mode.GONE || !machine.alive();
    }

    @Override
    public void stop() {
        told(shell.stop());
    }

    private void stopped() {
        kill();
        machine.stopped(this);
    }

    @Override
    public void kill() {
        if (mode != Mode.GONE) {
            mode = Mode.GONE;
            timers.cancelAll();
            signal(PostStop.instance());
        }
    }
}
