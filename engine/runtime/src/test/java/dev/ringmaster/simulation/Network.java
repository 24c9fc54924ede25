package dev.ringmaster.simulation;

import dev.ringmaster.runtime.wire.EdgeMessage;

/// Carries messages between machines: late, twice, out of order or not at all while it storms.
/// Within a machine nothing is lost.
final class Network {
    private final ContactCentre centre;
    private final World world;

    /// Messages that have been sent so far.
    long sent;

    Network(ContactCentre centre) {
        this.centre = centre;
        this.world = centre.world;
    }

    /// To an entity or a queue, wherever it lives.
    void toKey(Machine from, String key, Object message) {
        world.post(key, () -> centre.cluster.route(from, key, message));
    }

    /// To one actor or socket.
    <T> void toRef(Ref<T> to, T message) {
        var from = centre.here();
        world.post("ref/" + to.name(), () -> {
            if (message instanceof EdgeMessage.Own) {
                world.in(0, () -> to.arrive(message));
            } else {
                carry(from == null ? to.home() : from, to.home(), () -> to.arrive(message));
            }
        });
    }

    void carry(Machine from, Machine to, Runnable arrives) {
        sent++;
        if (from == to) {
            world.in(world.between(0, 2), arrives);
            return;
        }
        if (from.isolatedWith.isPresent() || to.isolatedWith.isPresent()) {
            return;
        }
        var faults = centre.faults;
        if (world.fault(faults.lost())) {
            return;
        }
        world.in(delay(faults), arrives);
        if (world.fault(faults.repeated())) {
            world.in(delay(faults), arrives);
        }
    }

    private long delay(Faults faults) {
        return world.fault(faults.late()) ? world.between(20, 4_000) : world.between(1, 20);
    }
}
