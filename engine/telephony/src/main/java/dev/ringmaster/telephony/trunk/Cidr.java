package dev.ringmaster.telephony.trunk;

import java.net.InetAddress;
import java.util.Optional;

/// A block of addresses, such as `127.0.0.0/8`; a bare address is a block of one.
public record Cidr(InetAddress network, int prefixLength) {
    /// Reads a block.
    ///
    /// @return empty when it is not a block of literal addresses
    public static Optional<Cidr> parse(String text) {
        var slash = text.indexOf('/');
        try {
            var network = InetAddress.ofLiteral((slash < 0 ? text : text.substring(0, slash)).trim());
            var bits = network.getAddress().length * 8;
            var length = slash < 0
                    ? bits
                    : Integer.parseInt(text.substring(slash + 1).trim());
            return length < 0 || length > bits ? Optional.empty() : Optional.of(new Cidr(network, length));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        var ours = network.getAddress();
        var theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (var bit = 0; bit < prefixLength; bit += 8) {
            var mask = bit + 8 <= prefixLength ? 0xff : (0xff << (8 - (prefixLength - bit))) & 0xff;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
