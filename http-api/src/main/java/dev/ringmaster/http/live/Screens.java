package dev.ringmaster.http.live;

import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.AgentScreen;
import dev.ringmaster.call.CallScreen;
import dev.ringmaster.exchange.CallCard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Screens of the engine in the words of `docs/live-protocol.md`.
final class Screens {
    private Screens() {}

    static Map<String, @Nullable Object> agent(AgentScreen screen) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("agentId", screen.agentId());
        json.put("state", screen.state());
        json.put("sub", screen.sub().orElse(null));
        json.put("cause", screen.cause());
        json.put("reason", screen.reason().map(Screens::lower).orElse(null));
        json.put("since", screen.since());
        json.put("deadline", screen.deadline().orElse(null));
        json.put("pending", screen.pending().map(Screens::wish).orElse(null));
        json.put("connection", screen.connection());
        json.put("line", screen.line());
        json.put("autoAnswer", screen.autoAnswer());
        json.put(
                "groups",
                screen.groups().stream()
                        .map(group -> Map.of("id", group.groupId(), "name", group.name()))
                        .toList());
        json.put("callId", screen.callId().orElse(null));
        json.put("card", screen.card().map(Screens::card).orElse(null));
        json.put("note", screen.note().orElse(null));
        json.put("notice", screen.notice().orElse(null));
        json.put("actions", screen.actions());
        return json;
    }

    static Map<String, @Nullable Object> call(CallScreen screen) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("callId", screen.callId());
        json.put("direction", screen.direction());
        json.put("phase", screen.phase());
        json.put("since", screen.since());
        json.put("startedAt", screen.startedAt());
        json.put("answeredAt", screen.answeredAt().orElse(null));
        json.put("progress", screen.progress().orElse(null));
        json.put("muted", screen.muted());
        json.put("recording", screen.recording());
        json.put("holdMs", screen.held().toMillis());
        json.put("endedBy", screen.endedBy().orElse(null));
        json.put("result", screen.result().orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> card(CallCard card) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("callId", card.callId());
        json.put("direction", card.direction());
        json.put("from", card.from());
        json.put("to", card.to());
        json.put("displayName", card.displayName().orElse(null));
        json.put("area", card.area());
        json.put("ivrPath", List.copyOf(card.ivrPath()));
        json.put("group", card.groupId());
        json.put("groupName", card.groupName());
        json.put("why", card.why());
        json.put("waitedMs", card.waited().toMillis());
        json.put("remark", card.remark());
        return json;
    }

    private static Map<String, @Nullable Object> wish(AgentEvent.Wish wish) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", wish.off() ? "offWork" : "break");
        json.put("reason", wish.reason().map(Screens::lower).orElse(null));
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
