package dev.ringmaster.persistence.projection;

import dev.ringmaster.base.PersonName;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.exchange.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a call's record says beside its phases: a fold over the call's events, in their order.
///
/// @param answeredAt when a person began to talk with the customer
record CallHeader(
        Birth birth,
        Optional<Instant> answeredAt,
        Optional<CallEvent.CallEnded> ended,
        Optional<Who> agent,
        Optional<Who> group,
        List<String> ivrPath,
        Optional<Integer> survey,
        Optional<String> recordingId) {
    static final CallHeader NONE = new CallHeader(
            new Birth("", Direction.INBOUND, "", "", "", Optional.empty(), "", "", "", Instant.EPOCH),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    CallHeader {
        ivrPath = List.copyOf(ivrPath);
    }

    /// What the first event says.
    ///
    /// @param customer the number on the customer's side
    record Birth(
            String instanceId,
            Direction direction,
            String from,
            String to,
            String customer,
            Optional<String> displayName,
            String area,
            String source,
            String remark,
            Instant at) {}

    record Who(String id, String name) {}

    CallHeader then(CallEvent event) {
        return switch (event) {
            case CallEvent.CallArrived e -> born(arrived(e));
            case CallEvent.DialStarted e ->
                born(dialled(e)).withAgent(e.agentId(), e.agentName()).withGroup(e.groupId(), e.groupName());
            case CallEvent.CallQueued e -> withGroup(e.groupId(), e.groupName());
            case CallEvent.AgentConnected e ->
                withAgent(e.agentId(), e.agentName()).connected(e);
            case CallEvent.PathExtended e -> {
                var longer = new ArrayList<>(ivrPath);
                longer.add(e.label());
                yield new CallHeader(birth, answeredAt, ended, agent, group, longer, survey, recordingId);
            }
            case CallEvent.SurveyScored e ->
                new CallHeader(birth, answeredAt, ended, agent, group, ivrPath, Optional.of(e.score()), recordingId);
            case CallEvent.CallEnded e ->
                new CallHeader(birth, answeredAt, Optional.of(e), agent, group, ivrPath, survey, recordingId);
            default -> this;
        };
    }

    /// An inbound call came to a person.
    boolean transferredToHuman() {
        return birth.direction() == Direction.INBOUND && answeredAt.isPresent();
    }

    private static Birth arrived(CallEvent.CallArrived e) {
        var from = e.from().value();
        return new Birth(
                e.instanceId(),
                Direction.INBOUND,
                from,
                e.to().value(),
                from,
                e.displayName().map(PersonName::value),
                e.area(),
                "hotline",
                "",
                e.at());
    }

    private static Birth dialled(CallEvent.DialStarted e) {
        var to = e.number().value();
        return new Birth(
                e.instanceId(),
                Direction.OUTBOUND,
                e.callerId().value(),
                to,
                to,
                Optional.empty(),
                e.area(),
                e.source(),
                e.remark().value(),
                e.at());
    }

    private CallHeader born(Birth as) {
        return new CallHeader(as, answeredAt, ended, agent, group, ivrPath, survey, recordingId);
    }

    private CallHeader withAgent(String id, String name) {
        return new CallHeader(
                birth, answeredAt, ended, Optional.of(new Who(id, name)), group, ivrPath, survey, recordingId);
    }

    private CallHeader withGroup(String id, String name) {
        return new CallHeader(
                birth, answeredAt, ended, agent, Optional.of(new Who(id, name)), ivrPath, survey, recordingId);
    }

    private CallHeader connected(CallEvent.AgentConnected e) {
        var recording = recordingId.or(() -> Optional.of(e.recordingId()).filter(id -> !id.isEmpty()));
        return new CallHeader(
                birth, answeredAt.or(() -> Optional.of(e.at())), ended, agent, group, ivrPath, survey, recording);
    }
}
