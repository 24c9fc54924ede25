package dev.ringmaster.http.call;

import dev.ringmaster.call.CallResult;
import dev.ringmaster.exchange.Direction;
import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Caller;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.persistence.read.CallFilter;
import dev.ringmaster.persistence.read.CallJournal;
import dev.ringmaster.persistence.read.CallRecord;
import dev.ringmaster.persistence.read.CallRecords;
import dev.ringmaster.persistence.read.CallSearch;
import dev.ringmaster.persistence.read.ServiceTrack;
import dev.ringmaster.persistence.recording.FileRecordingStore;
import dev.ringmaster.persistence.tenant.AuditTrail;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/api/v1/calls…`, `/api/v1/track`: finished calls, their recordings and every step of them. An
/// agent sees her own calls (AGT-033), an
/// administrator all of the instance (REP-014); what one may not see does not exist.
public final class CallRoutes {
    private static final int MAX_PAGE = 10_000;
    private static final int MAX_CALL_ID = 300;

    /// Where calls are read from.
    public record Sources(
            CallSearch search,
            CallRecords records,
            CallJournal journal,
            ServiceTrack track,
            FileRecordingStore recordings,
            AuditTrail audit,
            InstantSource clock) {}

    private final Sources sources;

    public CallRoutes(Sources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.loggedIn("GET", "/api/v1/calls", this::search),
                Endpoint.loggedIn("GET", "/api/v1/calls/{callId}", this::record),
                Endpoint.loggedIn("GET", "/api/v1/calls/{callId}/recording", this::recording),
                Endpoint.needs(Right.CALLS_JOURNAL, "GET", "/api/v1/calls/{callId}/journal", this::journal),
                Endpoint.loggedIn("GET", "/api/v1/track", this::track));
    }

    private CompletionStage<HttpResponse> search(ApiRequest request) {
        var caller = request.caller();
        var mine = request.flag("mine") || !caller.may(Right.CALLS_ALL);
        var filter = new CallFilter(
                request.query("number", 64),
                request.query("q", 100),
                request.choice("direction", Direction.class).map(Enum::name),
                request.choice("result", CallResult.class).map(Enum::name),
                request.query("group", 100),
                mine ? Optional.of(caller.personId()) : request.query("agent", 100),
                request.instant("from"),
                request.instant("to"));
        var page = sources.search()
                .search(
                        caller.instanceId(),
                        filter,
                        request.query("page", 1, 1, MAX_PAGE),
                        request.query("size", 20, 1, CallSearch.MAX_SIZE));
        var json = new LinkedHashMap<String, Object>();
        json.put("page", page.page());
        json.put("size", page.size());
        json.put("total", page.total());
        json.put("items", page.items().stream().map(CallJson::record).toList());
        return Answers.now(Answers.ok(json));
    }

    private CompletionStage<HttpResponse> record(ApiRequest request) {
        return Answers.now(Answers.ok(CallJson.record(visible(request))));
    }

    private CompletionStage<HttpResponse> recording(ApiRequest request) {
        var call = visible(request);
        var recording = sources.recordings()
                .open(request.caller().instanceId(), call.callId())
                .orElseThrow(Problem::notFound);
        var range = request.http().getHeader("Range").map(header -> header.value());
        var answer = RecordingAnswer.of(recording, range);
        // A player fetches one recording in many ranges; the first of them is the listening.
        if (range.isEmpty() || range.get().startsWith("bytes=0-")) {
            sources.audit()
                    .add(
                            sources.clock().instant(),
                            request.caller().instanceId(),
                            request.caller().personId(),
                            "recording.read",
                            call.callId(),
                            Map.of("requestId", request.requestId()));
        }
        return Answers.now(answer);
    }

    private CompletionStage<HttpResponse> journal(ApiRequest request) {
        var steps = sources.journal().steps(request.caller().instanceId(), callId(request));
        if (steps.isEmpty()) {
            throw Problem.notFound();
        }
        return Answers.now(Answers.ok(steps));
    }

    private CompletionStage<HttpResponse> track(ApiRequest request) {
        var number = request.query("number", 64).orElseThrow(() -> Problem.invalid("number", "\"number\" is missing."));
        return Answers.now(Answers.ok(sources.track().of(request.caller().instanceId(), number).stream()
                .map(CallJson::record)
                .toList()));
    }

    private CallRecord visible(ApiRequest request) {
        return sources.records()
                .record(request.caller().instanceId(), callId(request))
                .filter(call -> maySee(request.caller(), call))
                .orElseThrow(Problem::notFound);
    }

    private static boolean maySee(Caller caller, CallRecord call) {
        return caller.may(Right.CALLS_ALL)
                || call.agent()
                        .filter(agent -> agent.id().equals(caller.personId()))
                        .isPresent()
                || call.phases().stream()
                        .filter(phase -> phase.kind().equals("talk"))
                        .anyMatch(phase ->
                                phase.agent().filter(caller.personId()::equals).isPresent());
    }

    private static String callId(ApiRequest request) {
        var callId = request.path("callId");
        if (callId.length() > MAX_CALL_ID) {
            throw Problem.notFound();
        }
        return callId;
    }
}
