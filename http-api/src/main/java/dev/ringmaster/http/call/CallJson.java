package dev.ringmaster.http.call;

import dev.ringmaster.persistence.read.CallRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call record in the words of `docs/live-protocol.md`.
final class CallJson {
    private CallJson() {}

    static Map<String, @Nullable Object> record(CallRecord call) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("callId", call.callId());
        json.put("direction", call.direction());
        json.put("from", call.from());
        json.put("to", call.to());
        json.put("startedAt", call.startedAt());
        json.put("answeredAt", call.answeredAt().orElse(null));
        json.put("endedAt", call.endedAt());
        json.put("endedBy", call.endedBy());
        json.put("result", call.result());
        json.put("agent", call.agent().orElse(null));
        json.put("group", call.group().orElse(null));
        json.put("phases", call.phases().stream().map(CallJson::phase).toList());
        json.put("tags", call.tags());
        json.put("ivrPath", call.ivrPath());
        json.put("survey", call.survey().orElse(null));
        json.put("transferredToHuman", call.transferredToHuman());
        json.put("source", call.source());
        json.put("remark", call.remark());
        json.put("note", call.note().orElse(null));
        json.put(
                "recording",
                call.recording()
                        .map(recording -> recording(call.callId(), recording))
                        .orElse(null));
        json.put("area", call.area());
        json.put("displayName", call.displayName().orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> phase(CallRecord.Phase phase) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", phase.kind());
        json.put("startedAt", phase.startedAt());
        json.put("endedAt", phase.endedAt());
        json.put("ms", phase.ms());
        phase.agent().ifPresent(agent -> json.put("agent", agent));
        return json;
    }

    private static Map<String, Object> recording(String callId, CallRecord.Recording recording) {
        return Map.of(
                "url", "/api/v1/calls/" + URLEncoder.encode(callId, StandardCharsets.UTF_8) + "/recording",
                "durationMs", recording.durationMs(),
                "sizeBytes", recording.sizeBytes());
    }
}
