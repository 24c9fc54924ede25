package dev.ringmaster.carrier;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegEnd;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.port.Telephony;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The simulated telephone network: places customers' calls, answers dialled numbers, and lets
/// both speak. Everything happens on one
/// thread, so a call's state needs no lock.
final class Network implements Telephony.Listener, AutoCloseable {
    /// Calls at once; more would only slow the machine that shows the demo.
    static final int MAX_CALLS = 50;

    /// The longest a customer stays who does not hang up himself.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// The one line of this network: to the contact centre.
    static final String TRUNK = "ringmaster";

    private static final Logger log = LoggerFactory.getLogger(Network.class);

    private final Telephony telephony;
    private final RandomGenerator random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("network").factory());
    private final Map<String, Party> parties = new ConcurrentHashMap<>();
    private long drawn;

    Network(Telephony telephony, RandomGenerator random) {
        this.telephony = telephony;
        this.random = random;
    }

    /// Calls in every `least` to `most` seconds until closed.
    void keepCalling(int leastS, int mostS) {
        var wait = random.nextLong(leastS * 1000L, mostS * 1000L + 1);
        later(Duration.ofMillis(wait), () -> {
            place(Customer.random(random));
            keepCalling(leastS, mostS);
        });
    }

    private void later(Duration wait, Runnable then) {
        var _ = clock.schedule(
                () -> {
                    try {
                        then.run();
                    } catch (RuntimeException e) {
                        log.error("a step of the simulated network failed", e);
                    }
                },
                wait.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// Lets a customer call now.
    ///
    /// @return false when the network is full
    boolean place(Customer customer) {
        if (parties.size() >= MAX_CALLS) {
            log.warn("no call placed: {} calls are up already", parties.size());
            return false;
        }
        clock.execute(() -> {
            var id = "customer-" + ++drawn;
            var party = new Party(id, id + "-leg", customer.from().value(), customer.called(), customer.voice(), true);
            party.customer = customer;
            parties.put(id, party);
            party.show(new CallPlan.Signal.Invite(
                    TRUNK,
                    new PhoneNumber(customer.called()),
                    customer.from(),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10)));
            log.info("{} calls {}", id, customer.called());
        });
        return true;
    }

    /// What is going on, for the page.
    Collection<Party> parties() {
        return List.copyOf(parties.values());
    }

    @Override
    public void arrived(Telephony.InboundLeg leg) {
        clock.execute(() -> {
            var callee = Callee.of(leg.called().value());
            var voice = random.nextBoolean() ? "zh" : "en";
            var id = "callee-" + ++drawn;
            var party =
                    new Party(id, leg.legId(), leg.from().value(), leg.called().value(), voice, false);
            parties.put(id, party);
            party.show(new CallPlan.Signal.Ring());
            party.after(callee.rings(), () -> {
                if (callee.answers()) {
                    party.answer();
                } else {
                    party.show(new CallPlan.Signal.Refuse(callee.sipStatus(), callee.reason()));
                }
            });
        });
    }

    @Override
    public void fact(String callId, String legId, LegFact fact) {
        clock.execute(() -> {
            var party = parties.get(callId);
            if (party == null) {
                return;
            }
            switch (fact) {
                case LegFact.Established _ -> party.established();
                case LegFact.Progress(var status, var _) -> party.state = status == 183 ? "early media" : "ringing";
                case LegFact.PromptEnded _ -> party.spoke();
                case LegFact.Ended(var end) -> {
                    log.info("{} ended: {}", callId, describe(end));
                    party.over = true;
                    parties.remove(callId);
                    forget(party);
                }
                case LegFact.Digit _, LegFact.MediaTimeout _, LegFact.RecordingSealed _, LegFact.Quality _ -> {}
            }
        });
    }

    /// An empty plan lets the edge drop what it remembers of a call that is over.
    private void forget(Party party) {
        telephony.carryOut(new CallPlan(party.id, "carrier", ++party.version, List.of(), Optional.empty()));
    }

    private static String describe(LegEnd end) {
        return end.how() + (end.sipStatus() == 0 ? "" : " " + end.sipStatus());
    }

    @Override
    public void legGone(String legId) {
        clock.execute(() -> parties.values().removeIf(p -> p.legId.equals(legId)));
    }

    @Override
    public void lineUp(String agentId, long fence, LineRef line) {}

    @Override
    public void lineLost(String agentId, long fence, LineRef line, String reason) {}

    /// Hangs up everybody, then stops.
    @Override
    public void close() {
        clock.execute(() -> parties.values().forEach(Party::hangUp));
        later(Duration.ofMillis(300), clock::shutdown);
        try {
            if (!clock.awaitTermination(2, TimeUnit.SECONDS)) {
                clock.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One person on the simulated side.
    final class Party {
        final String id;
        final String legId;
        final String from;
        final String to;
        final boolean calling;
        private final String voice;
        private Customer customer = new Customer(new PhoneNumber(""), "", List.of(), Optional.empty(), "en");
        private CallPlan.Signal signal = new CallPlan.Signal.Ring();
        private CallPlan.Hears hears = new CallPlan.Hears.Silence();
        private List<CallPlan.Digits> pressed = List.of();
        private long version;
        private long generation;
        private boolean over;
        volatile String state = "calling";

        Party(String id, String legId, String from, String to, String voice, boolean calling) {
            this.id = id;
            this.legId = legId;
            this.from = from;
            this.to = to;
            this.voice = voice;
            this.calling = calling;
        }

        private void show(CallPlan.Signal wish) {
            signal = wish;
            send();
        }

        private void send() {
            if (over) {
                return;
            }
            var leg = new CallPlan.LegPlan(
                    legId, telephony.edge(), signal, hears, Optional.empty(), Optional.empty(), pressed);
            telephony.carryOut(new CallPlan(id, "carrier", ++version, List.of(leg), Optional.empty()));
        }

        private void after(Duration wait, Runnable then) {
            later(wait, () -> {
                if (!over) {
                    then.run();
                }
            });
        }

        /// A called person picks up and asks who it is.
        private void answer() {
            state = "talking";
            show(new CallPlan.Signal.Answer());
            say(List.of(voice + "-who"));
            after(LONGEST, this::hangUp);
        }

        /// His call was answered (by a menu, a queue or a person: he cannot know): keys as planned, then small talk.
        private void established() {
            if (!calling || state.equals("talking")) {
                return;
            }
            state = "talking";
            signal = new CallPlan.Signal.Answer();
            send();
            for (var press : customer.keys()) {
                after(press.after(), () -> press(press.key()));
            }
            var lastKey = customer.keys().isEmpty()
                    ? Duration.ZERO
                    : customer.keys().getLast().after();
            after(lastKey.plusSeconds(4), () -> say(List.of(voice + "-hello")));
            after(customer.talk().orElse(LONGEST), this::sayGoodbye);
        }

        private void press(String key) {
            var all = new ArrayList<>(pressed);
            all.add(new CallPlan.Digits("key-" + all.size(), new Said(key)));
            pressed = List.copyOf(all);
            send();
        }

        private void say(List<String> sentences) {
            if (!signal.equals(new CallPlan.Signal.Close())) {
                hears = new CallPlan.Hears.Prompt(++generation, sentences);
                send();
            }
        }

        /// After a sentence he listens for a while, as people do, and speaks again.
        private void spoke() {
            if (state.equals("leaving")) {
                hangUp();
                return;
            }
            var next = List.of("order", "number", "yes", "hello");
            after(
                    Duration.ofMillis(random.nextLong(4000, 9000)),
                    () -> say(List.of(voice + "-" + next.get(random.nextInt(next.size())))));
        }

        private void sayGoodbye() {
            state = "leaving";
            say(List.of(voice + "-thanks"));
            after(Duration.ofSeconds(8), this::hangUp);
        }

        void hangUp() {
            show(new CallPlan.Signal.Close());
        }
    }
}
