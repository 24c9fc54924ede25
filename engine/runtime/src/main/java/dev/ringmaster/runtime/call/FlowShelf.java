package dev.ringmaster.runtime.call;

import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.Flows;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.port.Directory;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// The flow documents that this node has read. They never change, so they are kept; there are as
/// many as versions in use by running calls.
public final class FlowShelf implements Flows {
    private final Map<FlowRef, IvrFlow> read = new ConcurrentHashMap<>();
    private final Directory directory;

    public FlowShelf(Directory directory) {
        this.directory = directory;
    }

    /// A rule asked for a document that has not been read yet: read it, then ask the rule again (rules are pure).
    static final class NotRead extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private final transient FlowRef ref;

        NotRead(FlowRef ref) {
            super("flow not read yet: " + ref);
            this.ref = ref;
        }

        FlowRef ref() {
            return ref;
        }
    }

    @Override
    public IvrFlow flow(FlowRef ref) {
        var flow = read.get(ref);
        if (flow == null) {
            throw new NotRead(ref);
        }
        return flow;
    }

    /// True: the document is on the shelf now. False: there is none.
    CompletionStage<Boolean> fetch(FlowRef ref) {
        return directory.flow(ref).thenApply(found -> {
            found.ifPresent(flow -> read.put(ref, flow));
            return found.isPresent();
        });
    }
}
