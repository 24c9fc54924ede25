package dev.ringmaster.http.queue;

import dev.ringmaster.http.live.Board;
import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.persistence.tenant.Groups;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.Person;
import dev.ringmaster.runtime.queue.Queues;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/api/v1/queue`: what the live socket's `queue` message says, once (HOT-015, REP-013). Own
/// groups for an agent, all for an administrator.
public final class QueueRoutes {
    private final Queues queues;
    private final Groups groups;
    private final People people;
    private final InstantSource clock;

    public QueueRoutes(Queues queues, Groups groups, People people, InstantSource clock) {
        this.queues = queues;
        this.groups = groups;
        this.people = people;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.loggedIn("GET", "/api/v1/queue", this::queue));
    }

    private CompletionStage<HttpResponse> queue(ApiRequest request) {
        var caller = request.caller();
        var all = caller.may(Right.QUEUE_ALL);
        var shown = all ? groups.all(caller.instanceId()) : groups.ofAgent(caller.instanceId(), caller.personId());
        Map<String, String> names = all
                ? people.all(caller.instanceId()).stream()
                        .collect(Collectors.toMap(Person::agentId, Person::displayName))
                : Map.of();
        var board = new Board(
                shown.stream()
                        .map(group -> new Board.Group(group.groupId(), group.name(), group.nameEn()))
                        .toList(),
                all,
                id -> names.getOrDefault(id, id));
        var looks = shown.stream()
                .map(group -> queues.look(group.groupId()).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            looks.forEach(look -> board.put(look.join()));
            return Answers.ok(board.json(clock.instant()));
        });
    }
}
