package dev.ringmaster.runtime.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.Address;

/// Cluster addresses whose process is proven dead and that have not been removed from the cluster yet. Written by
/// [DeathWatch], read by [FailureDetector]; static, because Pekko makes detectors by the name of their class.
final class ProvenDeaths {
    private static final Set<String> ADDRESSES = ConcurrentHashMap.newKeySet();

    private ProvenDeaths() {}

    static void add(Address address) {
        ADDRESSES.add(address.toString());
    }

    static void forget(Address address) {
        ADDRESSES.remove(address.toString());
    }

    static boolean contains(String address) {
        return ADDRESSES.contains(address);
    }
}
