package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.DatagramPacket;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stack's own reader of a UDP socket, with our [Door] behind it instead of a queue without an end.
final class UdpProcessor extends UDPMessageProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(UdpProcessor.class);

    /// The stack's word that it has a UDP socket: else it answers from another port. Its own factory
    /// sets it, nobody else
    /// can.
    private static final VarHandle HAS_UDP;

    static {
        try {
            HAS_UDP = MethodHandles.privateLookupIn(SIPTransactionStack.class, MethodHandles.lookup())
                    .findVarHandle(SIPTransactionStack.class, "udpFlag", boolean.class);
        } catch (ReflectiveOperationException fault) {
            throw new ExceptionInInitializerError(fault);
        }
    }

    UdpProcessor(InetAddress address, SIPTransactionStack stack, int port, Door door) throws IOException {
        super(address, stack, port);
        HAS_UDP.set(stack, true);
        door.answersBy(this::answer);
        messageQueue = door;
    }

    private void answer(DatagramPacket refusal) {
        try {
            sock.send(refusal);
        } catch (IOException | RuntimeException fault) {
            LOG.debug("a refusal was not sent", fault);
        }
    }
}
