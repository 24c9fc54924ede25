package dev.ringmaster.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small installation: sites with processes, one journal, agents at their desks and customers at
/// their telephones, all of one day.
final class ContactCentre {
    static final String INSTANCE = "demo";
    static final List<String> GROUPS = List.of("support", "sales");
    static final int SEATS = 5;

    final World world;
    final Faults faults;
    final Network network;
    final Journal journal;
    final Reference directory;
    final Folded folded;
    final Cluster cluster;
    final Checks checks;
    final List<Site> sites = new ArrayList<>();
    final Map<String, Desk> desks = new TreeMap<>();
    private final Map<String, Phone> phones = new LinkedHashMap<>();
    private final Map<String, Page> pages = new TreeMap<>();
    private @Nullable Machine here;
    private long numbers;

    /// Points at which somebody could have died so far, and the one at which somebody must; -1: as chance has it.
    private long points;

    private final long strikesAt;

    ContactCentre(World world, Faults faults, int machines, long strikesAt) {
        this.world = world;
        this.faults = faults;
        this.strikesAt = strikesAt;
        this.network = new Network(this);
        this.journal = new Journal(world);
        this.directory = new Reference(this);
        this.folded = new Folded(this);
        this.cluster = new Cluster(this);
        this.checks = new Checks(this);
        for (var i = 1; i <= machines; i++) {
            var site = new Site("node" + i, faults.quiet() ? 0 : world.between(-250, 250));
            sites.add(site);
            start(site);
        }
    }

    // ---- machines

    void start(Site site) {
        start(site, new Machine.EdgeProcess(this, site));
    }

    void start(Site site, Machine.EdgeProcess process) {
        var machine = new Machine(this, site, process);
        site.machine = machine;
        cluster.join(machine);
    }

    /// The machine whose step runs.
    @Nullable
    Machine here() {
        return here;
    }

    void at(Machine machine, Runnable work) {
        var before = here;
        here = machine;
        try {
            work.run();
        } finally {
            here = before;
        }
    }

    long nextNumber() {
        return ++numbers;
    }

    /// Whether somebody dies at this point.
    boolean strikes() {
        if (world.calm) {
            return false;
        }
        var point = points++;
        return strikesAt < 0 ? world.chance(faults.dies()) : point == strikesAt;
    }

    long points() {
        return points;
    }

    void journaled(String key, List<?> events) {
        folded.add(key, events);
    }

    // ---- people

    void desk(String agentId, List<String> groups) {
        desks.put(agentId, new Desk(this, agentId, groups));
    }

    Page page(Desk desk, String name) {
        var page = new Page(this, desk, name);
        pages.put(name, page);
        return page;
    }

    Page page(String name) {
        return Objects.requireNonNull(pages.get(name), name);
    }

    /// A customer calls one of the edges, as the carrier chooses it.
    void arrives(String number) {
        var living = cluster.living();
        if (!living.isEmpty()) {
            phone(living.get(world.random.nextInt(living.size())).process.telephone, true)
                    .calls(number);
        }
    }

    private Phone phone(Telephone at, boolean calls) {
        var legId = "leg-" + nextNumber();
        var phone = new Phone(world, at, legId, calls);
        phones.put("sip-" + legId, phone);
        return phone;
    }

    Phone callee(Telephone at, String legId) {
        var phone = new Phone(world, at, legId, false);
        phones.put("sip-" + legId, phone);
        return phone;
    }

    Phone phone(String sipCallId) {
        return Objects.requireNonNull(phones.get(sipCallId), sipCallId);
    }

    List<Phone> phones() {
        return List.copyOf(phones.values());
    }
}
