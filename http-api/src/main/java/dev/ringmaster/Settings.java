package dev.ringmaster;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything an operator decides about one node, read once and checked before anything starts
/// ([SettingsReader] names the keys).
///
/// @param http where page, API and WebSocket listen; port 0 takes a free one
/// @param turn a TURN server for browsers that cannot reach the media ports
/// @param data this node's own folder: embedded database, recordings in the making, `ringmaster.pid`
/// @param files finished recordings and uploads; in a cluster all nodes see it
/// @param database JDBC address of an outside PostgreSQL; empty = embedded
/// @param cluster empty = a single node
/// @param maxCalls calls at once on this edge; further ones are refused
/// @param demoCarrier who takes the demo's outbound calls; empty = the simulated carrier
/// @param clock test profile only: where the clock of a new database starts
/// @param testLines load and tests only: test agents of this machine may have lines in plain RTP
/// @param testRecording load only: false records nothing, whatever a page says
public record Settings(
        InetSocketAddress http,
        InetSocketAddress sip,
        Media media,
        Optional<Turn> turn,
        Path data,
        Path files,
        Optional<String> database,
        Optional<Cluster> cluster,
        Set<Role> roles,
        int maxCalls,
        Optional<String> demoCarrier,
        Speech speech,
        Optional<Instant> clock,
        boolean testLines,
        boolean testRecording) {
    public Settings {
        roles = Set.copyOf(roles);
    }

    /// What a node does.
    public enum Role {
        EDGE,
        ENGINE,
        API
    }

    /// Address and port range (both ends included) of RTP, and the address that peers and browsers see
    /// where it differs.
    public record Media(String host, int firstPort, int lastPort, Optional<String> publicHost) {}

    public record Turn(String user, String secret, String host, int port) {
        @Override
        public String toString() {
            return "turn:" + user + ":***@" + host + ":" + port;
        }
    }

    /// @param self `host:port` of this node for its fellows
    /// @param seeds nodes to join; this node founds the cluster when it is the first of them
    public record Cluster(HostPort self, List<HostPort> seeds) {
        public Cluster {
            seeds = List.copyOf(seeds);
        }
    }

    /// Where speech is recognised and made; used by bots.
    public record Speech(Optional<String> asrZh, Optional<String> asrEn, String tts) {}

    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    public boolean edge() {
        return roles.contains(Role.EDGE);
    }

    public boolean engine() {
        return roles.contains(Role.ENGINE);
    }

    public boolean api() {
        return roles.contains(Role.API);
    }

    /// Test clocks exist only where one was asked for.
    public boolean testProfile() {
        return clock.isPresent();
    }
}
