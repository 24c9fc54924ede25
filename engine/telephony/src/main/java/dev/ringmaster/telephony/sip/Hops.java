package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;

/// Where requests go, without ever waiting for DNS: names are looked up beside the loop, and until they are known the
/// address is used from which the peer spoke.
final class Hops {
    /// Names kept; beyond it the cache starts anew.
    private static final int MAX_NAMES = 1_000;

    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /// Starts looking a host up, so that it is known when it is needed.
    void prepare(String host) {
        if (literal(host).isPresent() || addresses.containsKey(host) || !host.matches("[A-Za-z0-9._-]{1,253}")) {
            return;
        }
        if (addresses.size() >= MAX_NAMES) {
            addresses.clear();
        }
        Thread.startVirtualThread(() -> {
            try {
                addresses.put(host, InetAddress.getByName(host).getHostAddress());
            } catch (UnknownHostException _) {
                // the fallback is used
            }
        });
    }

    /// @param fallback `host:port`
    Optional<Hop> of(URI target, String fallback, String transport) {
        if (target instanceof SipURI sip) {
            var host = sip.getMAddrParam() == null ? sip.getHost() : sip.getMAddrParam();
            var address = resolved(host);
            if (address.isPresent()) {
                return Optional.of(new HopImpl(address.get(), sip.getPort() > 0 ? sip.getPort() : 5060, transport));
            }
            prepare(host);
        }
        return at(fallback, transport);
    }

    /// @param peer `host:port`, the port 5060 when it is left out
    Optional<Hop> at(String peer, String transport) {
        var colon = peer.lastIndexOf(':');
        var bare = colon < 0 || peer.endsWith("]");
        var host = bare ? peer : peer.substring(0, colon);
        try {
            var port = bare ? 5060 : Integer.parseInt(peer.substring(colon + 1));
            return resolved(host).map(address -> new HopImpl(address, port, transport));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    static String hostOf(String peer) {
        var colon = peer.lastIndexOf(':');
        return colon < 0 || peer.endsWith("]") ? peer : peer.substring(0, colon);
    }

    private Optional<String> resolved(String host) {
        return literal(host).or(() -> Optional.ofNullable(addresses.get(host)));
    }

    private static Optional<String> literal(String host) {
        try {
            var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return Optional.of(InetAddress.ofLiteral(bare).getHostAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
