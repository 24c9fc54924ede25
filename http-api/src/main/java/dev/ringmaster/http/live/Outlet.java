package dev.ringmaster.http.live;

import dev.ringmaster.http.web.Json;
import dev.ringmaster.http.web.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.jspecify.annotations.Nullable;

/// The way out to one browser. Bounded: a browser that does not read is cut off, and comes back to a snapshot.
final class Outlet {
    private final BoundedSourceQueue<Message> queue;
    private boolean open = true;

    Outlet(BoundedSourceQueue<Message> queue) {
        this.queue = queue;
    }

    /// Whether anything can still be said.
    boolean open() {
        return open;
    }

    void send(String type, Map<String, @Nullable Object> content) {
        if (!open) {
            return;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("type", type);
        json.putAll(content);
        if (!queue.offer(TextMessage.create(Json.text(json))).isEnqueued()) {
            open = false;
            finish(() -> queue.fail(new IllegalStateException("the browser reads too slowly")));
        }
    }

    void refuse(Problem problem) {
        send("refused", refusal(problem));
    }

    static Map<String, @Nullable Object> refusal(Problem problem) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("code", problem.code());
        json.put("message", problem.sentence());
        if (problem.field() != null) {
            json.put("field", problem.field());
        }
        return json;
    }

    /// Says what is still to be said, then closes the socket.
    void close() {
        if (open) {
            open = false;
            finish(queue::complete);
        }
    }

    /// The browser's side may end the queue at any moment; then there is nothing left to end.
    private static void finish(Runnable end) {
        try {
            end.run();
        } catch (IllegalStateException _) {
            // ended already
        }
    }
}
