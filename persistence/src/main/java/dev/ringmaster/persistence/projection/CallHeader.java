package dev.ringmaster.persistence.projection;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.exchange.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a call's record says beside its phases: a fold over the call's events, in their order.
final class CallHeader {
    String instanceId = "";
    Direction direction = Direction.INBOUND;
    String from = "";
    String to = "";
    String customer = "";
    Optional<String> displayName = Optional.empty();
    String area = "";
    Optional<Instant> startedAt = Optional.empty();
    Optional<Instant> answeredAt = Optional.empty();
    Optional<CallEvent.CallEnded> ended = Optional.empty();
    Optional<String> agentId = Optional.empty();
    Optional<String> agentName = Optional.empty();
    Optional<String> groupId = Optional.empty();
    Optional<String> groupName = Optional.empty();
    List<String> ivrPath = new ArrayList<>();
    Optional<Integer> survey = Optional.empty();
    boolean reachedAgent;
    String source = "hotline";
    String remark = "";
    Optional<String> recordingId = Optional.empty();

    static CallHeader of(List<CallEvent> events) {
        var header = new CallHeader();
        events.forEach(header::add);
        return header;
    }

    private void add(CallEvent event) {
        if (startedAt.isEmpty()) {
            startedAt = Optional.of(event.at());
        }
        switch (event) {
            case CallEvent.CallArrived e -> {
                instanceId = e.instanceId();
                from = e.from().value();
                to = e.to().value();
                customer = from;
                displayName = e.displayName().map(PersonName::value);
                area = e.area();
            }
            case CallEvent.DialStarted e -> {
                direction = Direction.OUTBOUND;
                instanceId = e.instanceId();
                from = e.callerId().value();
                to = e.number().value();
                customer = to;
                area = e.area();
                agentId = Optional.of(e.agentId());
                agentName = Optional.of(e.agentName());
                groupId = Optional.of(e.groupId());
                groupName = Optional.of(e.groupName());
                source = e.source();
                remark = e.remark().value();
            }
            case CallEvent.CallQueued e -> {
                groupId = Optional.of(e.groupId());
                groupName = Optional.of(e.groupName());
            }
            case CallEvent.AgentConnected e -> {
                agentId = Optional.of(e.agentId());
                agentName = Optional.of(e.agentName());
                answeredAt = answeredAt.or(() -> Optional.of(e.at()));
                recordingId = recordingId.or(() -> Optional.of(e.recordingId()).filter(id -> !id.isEmpty()));
                reachedAgent = true;
            }
            case CallEvent.PathExtended e -> ivrPath.add(e.label());
            case CallEvent.SurveyScored e -> survey = Optional.of(e.score());
            case CallEvent.CallEnded e -> ended = Optional.of(e);
            default -> {
                // Tells the record nothing.
            }
        }
    }
}
