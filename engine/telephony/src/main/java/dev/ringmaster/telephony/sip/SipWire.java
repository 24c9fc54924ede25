package dev.ringmaster.telephony.sip;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.telephony.base.Counters;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.telephony.base.EdgeLoop;
import gov.nist.core.CommonLogger;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.timers.ScheduledExecutorSipTimer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JAIN-SIP for what it is good at: parsing, transactions and their retransmissions over UDP and TCP on one port. It
/// keeps no dialog; who receives here does.
public final class SipWire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SipWire.class);

    /// Requests and answers that wait for a slow TCP peer; beyond it they are dropped, as UDP would.
    private static final int MAX_TCP_WAITING = 10_000;

    static {
        CommonLogger.useLegacyLogger = true;
        CommonLogger.legacyLogger = new StackLog();
    }

    /// Who gets what comes in.
    interface Receiver extends Door.House {
        /// Asked on the stack's threads before anything is kept of a request.
        boolean trusts(Incoming request);

        /// On the loop. The request has a transaction, unless its method is one that we do not take.
        void request(Incoming request);

        /// On the loop.
        void ack(Incoming ack);

        /// On the loop: a response that belongs to no transaction, such as a repeated 200.
        void stray(SIPResponse response);
    }

    private final EdgeConfig config;
    private final EdgeLoop loop;
    private final Counters counters;
    private final Receiver receiver;
    private final SipStackImpl stack;
    private final SipProvider provider;
    private final ThreadPoolExecutor tcpOut;
    private final Door door;
    private final Recently<Telephony.TooMuch> refusals = new Recently<>();
    /// New calls on their way to the loop.
    private final AtomicInteger underWay = new AtomicInteger();
    private final SipListener fromStack = new FromStack();

    SipWire(EdgeConfig config, EdgeLoop loop, Counters counters, Receiver receiver) throws IOException {
        this.config = config;
        this.loop = loop;
        this.counters = counters;
        this.receiver = receiver;
        var here = new Door(receiver, counters);
        door = here;
        tcpOut = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_TCP_WAITING),
                Thread.ofPlatform()
                        .name("sip-tcp-out-" + config.node())
                        .daemon(true)
                        .factory(),
                (_, _) -> counters.add("sip_tcp_dropped"));
        try {
            stack = new SipStackImpl(properties(config));
            var others = stack.getMessageProcessorFactory();
            stack.setMessageProcessorFactory(
                    (with, address, port, transport) -> transport.equalsIgnoreCase(ListeningPoint.UDP)
                            ? new UdpProcessor(address, with, port, here)
                            : others.createMessageProcessor(with, address, port, transport));
            var host = config.bindAddress().getHostAddress();
            provider = stack.createSipProvider(stack.createListeningPoint(host, config.port(), "udp"));
            provider.addListeningPoint(stack.createListeningPoint(host, config.port(), "tcp"));
            provider.setAutomaticDialogSupportEnabled(false);
            provider.addSipListener(fromStack);
            stack.start();
        } catch (Exception e) {
            tcpOut.shutdownNow();
            throw new IOException("SIP cannot listen on " + config.bindAddress() + ":" + config.port(), e);
        }
    }

    private static Properties properties(EdgeConfig config) {
        var p = new Properties();
        p.setProperty("javax.sip.STACK_NAME", "ringmaster-" + config.incarnation() + "-" + config.port());
        p.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        p.setProperty("javax.sip.ROUTER_PATH", HopRouter.class.getName());
        p.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        p.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        p.setProperty("gov.nist.javax.sip.SERVER_LOGGER", MessageLog.class.getName());
        p.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", "false");
        p.setProperty("gov.nist.javax.sip.MESSAGE_PARSER_FACTORY", WireParser.Factory.class.getName());
        p.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", "8192"); // the buffer of every datagram
        p.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        p.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "4");
        p.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4000000");
        p.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4000000");
        p.setProperty("gov.nist.javax.sip.TIMER_CLASS_NAME", ScheduledExecutorSipTimer.class.getName());
        p.setProperty("gov.nist.javax.sip.RELEASE_REFERENCES_STRATEGY", "Normal");
        p.setProperty("gov.nist.javax.sip.MAX_CONNECTIONS", "512"); // a thread each, and strangers can connect
        p.setProperty("gov.nist.javax.sip.CONNECTION_TIMEOUT", "5000");
        p.setProperty("gov.nist.javax.sip.READ_TIMEOUT", "8000"); // of a message that has begun
        return p;
    }

    EdgeConfig config() {
        return config;
    }

    /// New calls that were let in and of which nobody has been told yet.
    int newCalls() {
        return door.newCalls() + underWay.get();
    }

    /// For how long a new call has been on this side of the wire.
    Duration heldFor(Incoming invite) {
        return door.letIn(invite.inviteKey())
                .map(since -> Duration.ofNanos(System.nanoTime() - since))
                .orElse(Duration.ZERO);
    }

    /// `host:port` for Via, From and Contact.
    String advertised() {
        var address = config.advertisedAddress();
        var host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return host + ":" + config.port();
    }

    String contact(String transport) {
        return "<sip:ringmaster@" + advertised() + (transport.equals("tcp") ? ";transport=tcp" : "") + ">";
    }

    String newVia(String transport) {
        return "SIP/2.0/" + (transport.equals("tcp") ? "TCP " : "UDP ") + advertised() + ";rport;branch=z9hG4bK"
                + Headers.token();
    }

    static SIPResponse response(Incoming to, int status, String reason, String localTag) {
        var response = to.request().createResponse(status);
        if (!reason.isEmpty()) {
            Headers.made(() -> {
                response.setReasonPhrase(reason);
                return true;
            });
        }
        if (status > 100 && response.getToTag() == null) {
            response.setToTag(localTag);
        }
        return response;
    }

    void reply(Incoming to, SIPResponse response) {
        var transaction = to.transaction();
        if (transaction == null) {
            replyWithoutTransaction(to, response);
            return;
        }
        out(to.transport(), () -> {
            try {
                transaction.sendResponse(response);
            } catch (SipException | javax.sip.InvalidArgumentException | RuntimeException e) {
                counters.add("sip_send_failed");
                LOG.debug("a response was not sent", e);
            }
        });
    }

    /// Repeats of a 2xx, whose transaction has ended with the first; and refusals of strangers.
    void replyWithoutTransaction(Incoming to, Response response) {
        out(to.transport(), () -> {
            try {
                if (to.transport().equals("tcp") && to.channel() != null) {
                    to.channel().sendMessage((SIPResponse) response);
                } else {
                    provider.sendResponse(response);
                }
            } catch (SipException | IOException | RuntimeException e) {
                counters.add("sip_send_failed");
                LOG.debug("a response was not sent", e);
            }
        });
    }

    /// A final answer to an INVITE that another process took: there is no transaction, and over TCP no
    /// connection either.
    void sendLate(SIPResponse response, String transport) {
        out(transport, () -> {
            try {
                provider.sendResponse(response);
            } catch (SipException | RuntimeException e) {
                counters.add("sip_send_failed");
                LOG.debug("a late answer was not sent", e);
            }
        });
    }

    /// A request under way.
    final class Sent {
        private volatile @Nullable ClientTransaction transaction;

        /// CANCEL; only after a provisional response has come (RFC 3261 §9.1).
        void cancel(String transport) {
            out(transport, () -> {
                var invite = transaction;
                if (invite == null) {
                    return;
                }
                try {
                    var cancel = invite.createCancel();
                    Headers.set(cancel, "Reason", "Q.850;cause=16");
                    ((SIPRequest) cancel).setApplicationData(((SIPRequest) invite.getRequest()).getApplicationData());
                    var transactionOfCancel = provider.getNewClientTransaction(cancel);
                    transactionOfCancel.setApplicationData(Answers.NONE);
                    transactionOfCancel.sendRequest();
                } catch (SipException | RuntimeException e) {
                    LOG.debug("a CANCEL was not sent", e);
                }
            });
        }
    }

    Sent send(Request request, String transport, Answers answers) {
        var sent = new Sent();
        out(transport, () -> {
            try {
                var transaction = provider.getNewClientTransaction(request);
                transaction.setApplicationData(answers);
                sent.transaction = transaction;
                transaction.sendRequest();
            } catch (SipException | RuntimeException e) {
                counters.add("sip_send_failed");
                LOG.info("a {} was not sent: {}", request.getMethod(), e.toString());
                loop.run(answers::lost);
            }
        });
        return sent;
    }

    void sendAck(Request ack, String transport) {
        out(transport, () -> {
            try {
                provider.sendRequest(ack);
            } catch (SipException | RuntimeException e) {
                counters.add("sip_send_failed");
                LOG.debug("an ACK was not sent", e);
            }
        });
    }

    /// UDP is sent at once; TCP may have to connect, or to wait for a peer that does not read.
    private void out(String transport, Runnable sending) {
        if (transport.equals("tcp")) {
            tcpOut.execute(sending);
        } else {
            sending.run();
        }
    }

    @Override
    public void close() {
        tcpOut.shutdownNow();
        door.close();
        var scanner = stack.getEventScanner();
        stack.stop();
        // The stack's own threads outlive it: its timer until the last delay has passed, and the scanner, which looks
        // whether it shall end only when something comes. They must not keep the edge and its media with them.
        provider.removeSipListener(fromStack);
        if (scanner != null) { // null when it was closed before
            scanner.addEvent(new EventWrapper(new IOExceptionEvent(this, "", 0, ListeningPoint.UDP), null));
        }
    }

    /// Called on the stack's threads: decides what needs no state, hands everything else to the loop.
    private final class FromStack implements SipListener {
        @Override
        public void processRequest(RequestEvent event) {
            try {
                request((SIPRequest) event.getRequest(), event.getServerTransaction());
            } catch (RuntimeException fault) {
                counters.add("faults");
                LOG.error("a request could not be taken", fault);
            }
        }

        /// A CANCEL comes with a transaction of the stack's.
        private void request(SIPRequest request, @Nullable ServerTransaction made) {
            counters.add("sip_requests_in");
            var channel = request.getMessageChannel() instanceof MessageChannel c ? c : null;
            var incoming = new Incoming(
                    request,
                    null,
                    new InetSocketAddress(request.getRemoteAddress(), Math.max(0, request.getRemotePort())),
                    channel != null && channel.getTransport().equalsIgnoreCase("tcp") ? "tcp" : "udp",
                    channel);
            if (request.getMethod().equals(Request.ACK)) {
                if (receiver.hasDialog(incoming.toTag())) { // refusals are acknowledged too
                    loop.run(() -> receiver.ack(incoming));
                }
                return;
            }
            if (!receiver.trusts(incoming)) {
                counters.add("sip_strangers_refused");
                refuse(incoming, made, Screening.Fault.of(Response.FORBIDDEN, ""));
                return;
            }
            var fault =
                    request instanceof ReceivedRequest received ? received.fault() : Optional.<Screening.Fault>empty();
            if (fault.isPresent()) {
                counters.add("sip_refused_" + fault.get().status());
                refuse(incoming, made, fault.get());
                return;
            }
            if (request.getMethod().equals(Request.INVITE) && incoming.toTag().isEmpty() && refusedForRoom(incoming)) {
                return;
            }
            if (!Screening.isKnown(request.getMethod())) {
                loop.run(() -> receiver.request(incoming)); // refused without a transaction
                return;
            }
            if (request.getMaxForwards() == null) { // RFC 2543 did not know it, the stack insists
                Headers.set(request, "Max-Forwards", "70");
            }
            try {
                var transaction = made == null ? provider.getNewServerTransaction(request) : made;
                var known =
                        new Incoming(request, transaction, incoming.source(), incoming.transport(), incoming.channel());
                if (request.getMethod().equals(Request.INVITE)) {
                    reply(known, response(known, Response.TRYING, "", ""));
                }
                if (request.getMethod().equals(Request.INVITE) && known.toTag().isEmpty()) {
                    underWay.incrementAndGet();
                    loop.run(() -> {
                        underWay.decrementAndGet();
                        taken(known);
                    });
                } else {
                    loop.run(() -> taken(known));
                }
            } catch (TransactionAlreadyExistsException _) {
                counters.add("sip_retransmissions_in");
            } catch (SipException e) {
                counters.add("sip_refused_400");
                LOG.debug("a request was not taken", e);
                replyWithoutTransaction(incoming, response(incoming, Response.BAD_REQUEST, "", Headers.token()));
            }
        }

        /// Of one that the door could not judge, or came by TCP. Nothing is kept of it but its name, so that a copy is
        /// not let in after all.
        private boolean refusedForRoom(Incoming invite) {
            var key = invite.inviteKey();
            if (door.letIn(key).isPresent() || receiver.hasInvite(key)) { // let in, perhaps said again
                return false;
            }
            var name = invite.request().getTransactionId();
            var before = refusals.of(name);
            var tooMuch = before.isPresent() ? before : receiver.refuses();
            if (tooMuch.isEmpty()) {
                return false;
            }
            refusals.remember(name, tooMuch.get());
            counters.add(before.isPresent() ? "sip_retransmissions_in" : "sip_refused_503");
            var response = response(invite, Response.SERVICE_UNAVAILABLE, "", Headers.token());
            Headers.set(response, "Retry-After", String.valueOf(tooMuch.get().retryAfterS()));
            replyWithoutTransaction(invite, response);
            return true;
        }

        /// Keeps nothing, unless the stack has begun to.
        private void refuse(Incoming request, @Nullable ServerTransaction made, Screening.Fault fault) {
            var response = response(request, fault.status(), fault.reason(), Headers.token());
            if (made == null) {
                replyWithoutTransaction(request, response);
            } else {
                reply(
                        new Incoming(request.request(), made, request.source(), request.transport(), request.channel()),
                        response);
            }
        }

        /// A bug of ours must not leave a peer without an answer, nor a transaction without an end.
        private void taken(Incoming request) {
            try {
                receiver.request(request);
            } catch (RuntimeException fault) {
                reply(request, response(request, Response.SERVER_INTERNAL_ERROR, "", Headers.token()));
                throw fault;
            }
        }

        @Override
        public void processResponse(ResponseEvent event) {
            var response = (SIPResponse) event.getResponse();
            if (event.getClientTransaction() != null
                    && event.getClientTransaction().getApplicationData() instanceof Answers answers) {
                loop.run(() -> answers.response(response));
            } else {
                loop.run(() -> receiver.stray(response));
            }
        }

        @Override
        public void processTimeout(TimeoutEvent event) {
            if (!event.isServerTransaction()
                    && event.getClientTransaction().getApplicationData() instanceof Answers answers) {
                loop.run(answers::lost);
            }
        }

        @Override
        public void processIOException(IOExceptionEvent event) {
            counters.add("sip_io_errors");
        }

        @Override
        public void processTransactionTerminated(TransactionTerminatedEvent event) {}

        @Override
        public void processDialogTerminated(DialogTerminatedEvent event) {}
    }

    /// The names under which the stack knows our transports.
    static String transport(String ofDialog) {
        return ofDialog.equalsIgnoreCase(ListeningPoint.TCP) ? "tcp" : "udp";
    }
}
