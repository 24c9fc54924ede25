package dev.ringmaster.simulation;

import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Runs a real behaviour that keeps nothing: a queue, an edge, the waker.
final class Actor<M> implements Live {
    private final Machine machine;
    private final String key;
    private final M stop;
    private final Ref<M> self;
    private final Timers<M> timers;
    private final ActorContext<M> context;
    private final Behavior<M> behavior;
    private boolean gone;

    /// @param stop what sharding sends to stop it; for actors outside sharding any message
    Actor(Machine machine, String key, M stop, BiFunction<ActorContext<M>, TimerScheduler<M>, Behavior<M>> create) {
        this.machine = machine;
        this.key = key;
        this.stop = stop;
        this.self = new Ref<>(machine.centre, machine, key + "/" + machine.nextActor(), this::told);
        this.timers = new Timers<>(machine.centre.world, this::told);
        this.context = Context.of(self, m -> machine.centre.world.in(0, () -> told(m)), () -> 0);
        this.behavior = machine.working(() -> create.apply(context, timers));
    }

    Ref<M> self() {
        return self;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    @SuppressWarnings("unchecked") // who sends knows the kind
    public void receive(Object message) {
        told((M) message);
    }

    private void told(M message) {
        if (gone || !machine.alive()) {
            return;
        }
        machine.centre.world.trace(key + " <- " + message);
        machine.work(this, () -> {
            if (!Behavior.isAlive(receive(context, message))) {
                kill();
                machine.stopped(this);
            }
        });
    }

    private Behavior<M> receive(ActorContext<M> with, M message) {
        try {
            return ((ExtensibleBehavior<M>) behavior).receive(with, message);
        } catch (Exception fault) {
            throw new IllegalStateException("seed " + machine.centre.world.seed + ": " + key + " on " + message, fault);
        }
    }

    @Override
    public void stop() {
        told(stop);
    }

    @Override
    public void kill() {
        if (!gone) {
            gone = true;
            timers.cancelAll();
            machine.work(() -> signal(PostStop.instance()));
        }
    }

    private void signal(Signal signal) {
        try {
            ((ExtensibleBehavior<M>) behavior).receiveSignal(context, signal);
        } catch (Exception fault) {
            throw new IllegalStateException(key + " on " + signal, fault);
        }
    }
}
