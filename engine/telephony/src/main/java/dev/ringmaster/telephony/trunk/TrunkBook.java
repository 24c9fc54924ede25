package dev.ringmaster.telephony.trunk;

import dev.ringmaster.tenant.Trunk;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lines of this installation and who is trusted. The set is replaced as a whole by the edge; asking is lock-free.
/// What runs over a line is counted on the edge's loop.
public final class TrunkBook {
    private record Block(Cidr cidr, Trunk trunk) {}

    private record Lines(Map<String, Trunk> byId, List<Block> blocks) {}

    private volatile Lines lines = new Lines(Map.of(), List.of());
    private final Map<String, Integer> running = new HashMap<>();

    /// Blocks that cannot be read trust nobody.
    public void replace(List<Trunk> trunks) {
        var byId = new HashMap<String, Trunk>();
        trunks.forEach(trunk -> byId.put(trunk.trunkId(), trunk));
        var blocks = trunks.stream()
                .flatMap(trunk -> trunk.trusted().stream()
                        .flatMap(text -> Cidr.parse(text).stream())
                        .map(cidr -> new Block(cidr, trunk)))
                .sorted(Comparator.comparingInt((Block b) -> -b.cidr.prefixLength())
                        .thenComparing(b -> b.trunk.trunkId()))
                .toList();
        lines = new Lines(Map.copyOf(byId), blocks);
    }

    public Optional<Trunk> byId(String trunkId) {
        return Optional.ofNullable(lines.byId.get(trunkId));
    }

    public boolean trusts(InetAddress source) {
        return lines.blocks.stream().anyMatch(block -> block.cidr.contains(source));
    }

    /// The line a request came over: the one whose peer is exactly its source, else the one with the narrowest block
    /// around it, else the first by id.
    public Optional<Trunk> bySource(InetSocketAddress source) {
        var around = lines.blocks.stream()
                .filter(block -> block.cidr.contains(source.getAddress()))
                .toList();
        var exact = source.getAddress().getHostAddress() + ":" + source.getPort();
        return around.stream()
                .filter(block -> block.trunk.peer().equals(exact))
                .findFirst()
                .or(() -> around.stream().findFirst())
                .map(Block::trunk);
    }

    /// Takes a place on the line.
    ///
    /// @return false when it is at its cap: nothing is taken
    public boolean take(Trunk trunk) {
        var now = running.getOrDefault(trunk.trunkId(), 0);
        if (now >= trunk.maxCalls()) {
            return false;
        }
        running.put(trunk.trunkId(), now + 1);
        return true;
    }

    public void give(String trunkId) {
        running.computeIfPresent(trunkId, (_, now) -> now <= 1 ? null : now - 1);
    }
}
