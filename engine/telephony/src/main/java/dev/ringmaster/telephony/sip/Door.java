package dev.ringmaster.telephony.sip;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.telephony.base.Counters;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where datagrams wait for a thread of the stack. In order of arrival a flood of new calls would make those who talk
/// wait, too: their BYE behind ten thousand INVITEs, which are stale when they are read. So what
/// belongs to a call comes
/// first, new calls second and strangers last; and a caller for whom there is no room is refused here, before anything
/// is parsed. Offers come from the one thread that reads the socket, takers are many.
final class Door extends PriorityBlockingQueue<DatagramQueuedMessageDispatch> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /// What the door asks the house.
    interface House {
        boolean trusts(InetAddress source);

        /// Whether a leg of ours has that tag.
        boolean hasDialog(String localTag);

        /// Whether a leg was made of that INVITE.
        boolean hasInvite(String inviteKey);

        /// Why a new call is refused for lack of room.
        Optional<Telephony.TooMuch> refuses();
    }

    private static final House NOBODY = new House() {
        @Override
        public boolean trusts(InetAddress source) {
            return false;
        }

        @Override
        public boolean hasDialog(String localTag) {
            return false;
        }

        @Override
        public boolean hasInvite(String inviteKey) {
            return false;
        }

        @Override
        public Optional<Telephony.TooMuch> refuses() {
            return Optional.empty();
        }
    };

    /// Sends what is answered at the door.
    interface Answering {
        void send(DatagramPacket refusal);
    }

    private enum Lane {
        /// 4,000 of them are two seconds of work; more are dropped as the network would.
        RUNNING(4_000),
        /// The house refuses before there are so many.
        NEW(4_000),
        STRANGERS(200);

        private final int most;

        Lane(int most) {
            this.most = most;
        }
    }

    private static final class Waiting extends DatagramQueuedMessageDispatch {
        private final Lane lane;
        private final long number;
        private final String invite;

        private Waiting(DatagramQueuedMessageDispatch came, Lane lane, long number, String invite) {
            super(came.packet, came.getReceptionTime());
            this.lane = lane;
            this.number = number;
            this.invite = invite;
        }
    }

    private transient volatile House house;
    private transient Answering answering = _ -> {};
    private final transient Counters counters;
    private final EnumMap<Lane, AtomicInteger> waiting = new EnumMap<>(Lane.class);
    /// The INVITEs that wait here now.
    private final Set<String> invites = ConcurrentHashMap.newKeySet();
    /// When those came that were let in.
    private final transient Recently<Long> letIn = new Recently<>();
    private final transient Recently<Telephony.TooMuch> refused = new Recently<>();
    /// Begins the tags of all that is refused here, so that its ACK is known: nobody waits for it.
    private final String mark = Headers.token() + "-";
    private long number;

    Door(House house, Counters counters) {
        super(
                64,
                Comparator.comparing((DatagramQueuedMessageDispatch one) -> ((Waiting) one).lane)
                        .thenComparingLong(one -> ((Waiting) one).number));
        this.house = house;
        this.counters = counters;
        for (var lane : Lane.values()) {
            waiting.put(lane, new AtomicInteger());
        }
    }

    /// Before the first offer.
    void answersBy(Answering way) {
        answering = way;
    }

    /// The stack outlives its edge for a while and shall not keep it: from now on nobody is at home.
    void close() {
        house = NOBODY;
        clear();
    }

    /// New calls that no thread has taken up yet.
    int newCalls() {
        return waitingIn(Lane.NEW).get();
    }

    /// When the INVITE came that was let in a moment ago, by [System#nanoTime].
    Optional<Long> letIn(String inviteKey) {
        return letIn.of(inviteKey);
    }

    /// @return false when it was refused, or dropped
    @Override
    public boolean offer(DatagramQueuedMessageDispatch came) {
        try {
            return judge(came);
        } catch (RuntimeException fault) { // one datagram must not end the reader
            counters.add("faults");
            LOG.error("a datagram could not be judged", fault);
            return false;
        }
    }

    private boolean judge(DatagramQueuedMessageDispatch came) {
        var packet = came.packet;
        var look = FirstLook.at(packet.getData(), packet.getOffset(), packet.getLength());
        if (look.isAck() && look.localTag().startsWith(mark)) {
            return false;
        }
        var key = look.inviteKey();
        var source = new InetSocketAddress(packet.getAddress(), packet.getPort());
        boolean trusted = house.trusts(source.getAddress());
        if (trusted && look.isNewCall()) {
            return newCall(came, look, key, source);
        }
        if (look.isCancel() && invites.contains(key)) {
            return enter(came, Lane.NEW, ""); // behind its INVITE
        }
        boolean ours = house.hasDialog(look.localTag()) || (trusted && !look.isResponse());
        return enter(came, ours ? Lane.RUNNING : Lane.STRANGERS, "");
    }

    private AtomicInteger waitingIn(Lane lane) {
        return Objects.requireNonNull(waiting.get(lane));
    }

    private boolean newCall(DatagramQueuedMessageDispatch came, FirstLook look, String key, InetSocketAddress source) {
        if (invites.contains(key)) {
            counters.add("sip_retransmissions_in");
            return false; // the first one waits still
        }
        if (letIn.of(key).isPresent() || house.hasInvite(key)) {
            return enter(came, Lane.RUNNING, ""); // said again, or come by another way
        }
        // A copy of one that was under way gets the same answer: let in, it would become a call whose caller has
        // already turned to somebody else.
        var name = look.transaction();
        var before = refused.of(name);
        var tooMuch = before.isPresent() ? before : house.refuses();
        if (tooMuch.isPresent()) {
            refused.remember(name, tooMuch.get());
            counters.add("sip_requests_in");
            counters.add(before.isPresent() ? "sip_retransmissions_in" : "sip_refused_503");
            answering.send(look.refusal(source, tooMuch.get(), mark + Integer.toHexString(name.hashCode())));
            return false;
        }
        letIn.remember(key, System.nanoTime());
        return enter(came, Lane.NEW, key);
    }

    private boolean enter(DatagramQueuedMessageDispatch came, Lane lane, String invite) {
        if (waitingIn(lane).incrementAndGet() > lane.most) {
            waitingIn(lane).decrementAndGet();
            counters.add("sip_dropped_" + lane.name().toLowerCase(Locale.ROOT));
            return false;
        }
        if (!invite.isEmpty()) {
            invites.add(invite);
        }
        return super.offer(new Waiting(came, lane, number++, invite));
    }

    @Override
    public DatagramQueuedMessageDispatch take() throws InterruptedException {
        var next = (Waiting) super.take();
        waitingIn(next.lane).decrementAndGet();
        if (!next.invite.isEmpty()) {
            invites.remove(next.invite);
        }
        return next;
    }
}
