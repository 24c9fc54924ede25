package dev.ringmaster.simulation;

/// How bad a day is. Rates are per occasion; a quiet day has none of them.
///
/// @param lost of messages between machines
/// @param repeated of messages between machines
/// @param late of messages between machines: up to 4 s, so that they come out of order
/// @param dies of each point before and after a write and between effects
/// @param writeFails of journal writes; half of those that fail have been written all the same
/// @param machineDies of deaths: the whole process goes, not one entity
/// @param browsers of each look at a page: it is reloaded, closed, opened elsewhere, or loses its network
/// @param nodes of each second: a process ends, an actor system leaves and comes back, a shard moves
record Faults(
        String name,
        double lost,
        double repeated,
        double late,
        double dies,
        double writeFails,
        double machineDies,
        double browsers,
        double nodes) {
    static final Faults NONE = new Faults("quiet", 0, 0, 0, 0, 0, 0, 0, 0);
    static final Faults NETWORK = new Faults("network", 0.03, 0.03, 0.03, 0, 0, 0, 0.003, 0);
    static final Faults RAIN = new Faults("rain", 0.3, 0.1, 0.2, 0, 0, 0, 0.003, 0);
    static final Faults CRASHES = new Faults("crashes", 0.005, 0.005, 0.005, 0.003, 0.01, 0.02, 0.003, 0);
    static final Faults NODES = new Faults("nodes", 0.01, 0.01, 0.01, 0.0003, 0.002, 0.05, 0.003, 0.015);
    static final Faults STORM = new Faults("storm", 0.03, 0.03, 0.03, 0.003, 0.01, 0.05, 0.003, 0.015);

    /// Nothing ever goes wrong, but for one death at one point.
    static Faults onePoint(boolean wholeProcess) {
        return new Faults("point", 0, 0, 0, 0, 0, wholeProcess ? 1 : 0, 0, 0);
    }

    boolean quiet() {
        return equals(NONE);
    }

    static Faults of(World world) {
        return switch (world.random.nextInt(9)) {
            case 0 -> NONE;
            case 1, 2 -> NETWORK;
            case 3, 4 -> CRASHES;
            case 5, 6 -> NODES;
            case 7 -> RAIN;
            default -> STORM;
        };
    }
}
