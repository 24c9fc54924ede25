package dev.ringmaster.http.live;

import dev.ringmaster.runtime.wire.QueueBoard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The live queue of one viewer: the latest board of each of her groups, as one message (HOT-015, REP-013).
public final class Board {
    private final List<Group> groups;
    private final boolean withCallers;
    private final UnaryOperator<String> agentName;
    private final Map<String, QueueBoard> latest = new HashMap<>();

    /// A group as people call it.
    public record Group(String id, String name, String nameEn) {}

    /// @param withCallers whether the callers are listed
    /// @param agentName display name of an agent's id
    public Board(List<Group> groups, boolean withCallers, UnaryOperator<String> agentName) {
        this.groups = List.copyOf(groups);
        this.withCallers = withCallers;
        this.agentName = agentName;
    }

    public List<String> groupIds() {
        return groups.stream().map(Group::id).toList();
    }

    public boolean withCallers() {
        return withCallers;
    }

    public void put(QueueBoard board) {
        latest.merge(board.groupId(), board, (old, now) -> now.asOf().isBefore(old.asOf()) ? old : now);
    }

    /// The groups that have been heard of, in their order; `asOf` is the oldest of their ages.
    public Map<String, @Nullable Object> json(Instant now) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("now", now);
        json.put(
                "asOf",
                latest.values().stream()
                        .map(QueueBoard::asOf)
                        .min(Instant::compareTo)
                        .orElse(now));
        json.put(
                "groups",
                groups.stream()
                        .flatMap(group -> Optional.ofNullable(latest.get(group.id())).stream()
                                .map(board -> group(group, board)))
                        .toList());
        return json;
    }

    private Map<String, @Nullable Object> group(Group group, QueueBoard board) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", group.id());
        json.put("name", group.name());
        json.put("nameEn", group.nameEn());
        json.put("waiting", board.waiting());
        json.put("longestSince", board.longestSince().orElse(null));
        json.put("filling", board.filling());
        json.put("agents", board.agents());
        if (withCallers) {
            var callers = new ArrayList<Map<String, @Nullable Object>>();
            board.callers().forEach(caller -> callers.add(caller(caller)));
            json.put("callers", callers);
        }
        return json;
    }

    private Map<String, @Nullable Object> caller(QueueBoard.Caller caller) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("callId", caller.callId());
        json.put("from", caller.from());
        json.put("since", caller.since());
        json.put("priority", caller.priority());
        json.put("state", caller.offeredTo().isPresent() ? "offered" : "waiting");
        json.put("agent", caller.offeredTo().map(agentName).orElse(null));
        return json;
    }
}
