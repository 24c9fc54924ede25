package dev.ringmaster.simulation;

import dev.ringmaster.base.Decision;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.exchange.Owed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// An entity as its shell runs it: events, a timer for the deadline, debts each second; and now and then it crashes and
/// is rebuilt from its events.
///
/// @param <S> state
/// @param <C> command
/// @param <E> event
abstract class Node<S, C, E> {
    final World world;
    final ContactCentre centre;
    final String id;
    final List<E> events = new ArrayList<>();
    S state;
    private Set<String> sent = new HashSet<>();
    private Instant downUntil = Instant.MIN;
    private Optional<Instant> armed = Optional.empty();

    Node(ContactCentre centre, String id, S unborn) {
        this.world = centre.world;
        this.centre = centre;
        this.id = id;
        this.state = unborn;
        world.everyWhile(1_000, () -> {
            tick();
            return !finished();
        });
    }

    /// Whether nothing will ever happen to it again.
    abstract boolean finished();

    abstract Decision<E> decide(C command);

    abstract S apply(S from, E event);

    abstract S unborn();

    abstract C timer();

    abstract Optional<Instant> deadline();

    abstract List<Owed> owed();

    /// Plans and leases go out.
    abstract void show();

    boolean down() {
        return world.now().isBefore(downUntil);
    }

    /// @param reply hears nothing when the node is down
    void tell(C command, Consumer<Optional<Refusal>> reply) {
        if (down()) {
            return;
        }
        switch (decide(command)) {
            case Decision.Accepted<E>(var next) -> {
                for (var event : next) {
                    state = apply(state, event);
                }
                events.addAll(next);
                if (!next.isEmpty()) {
                    changed();
                }
                reply.accept(Optional.empty());
            }
            case Decision.Refused<E>(var refusal) -> reply.accept(Optional.of(refusal));
        }
    }

    void tell(C command) {
        tell(command, _ -> {});
    }

    private void changed() {
        for (var debt : owed()) {
            if (!sent.contains(debt.key())) {
                centre.deliver(this, debt);
            }
        }
        sent = new HashSet<>(owed().stream().map(Owed::key).toList());
        arm();
        show();
    }

    private void arm() {
        if (!deadline().equals(armed)) {
            armed = deadline();
            armed.ifPresent(at -> world.at(at.plusMillis(1), () -> {
                if (deadline().filter(d -> d.equals(at)).isPresent()) {
                    tell(timer());
                }
            }));
        }
    }

    private void tick() {
        if (!down()) {
            owed().forEach(debt -> centre.deliver(this, debt));
            show();
        }
    }

    /// Everything but the events is lost.
    void crash(long downMillis) {
        var again = unborn();
        for (var event : events) {
            again = apply(again, event);
        }
        centre.expect(again.equals(state), "replay of " + id);
        state = again;
        sent = new HashSet<>();
        armed = Optional.empty();
        downUntil = world.now().plusMillis(downMillis);
        world.in(downMillis, () -> {
            if (!down()) {
                changed();
            }
        });
    }
}
