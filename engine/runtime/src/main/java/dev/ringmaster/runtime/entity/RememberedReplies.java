package dev.ringmaster.runtime.entity;

import dev.ringmaster.runtime.wire.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What was answered to which command id, so that a repeat gets the same answer and is done once.
/// In memory only: what must be once over
/// a crash has a derived id in the domain.
public final class RememberedReplies {
    /// Commands remembered: a browser that reconnects repeats a few, never dozens.
    static final int MAX_REMEMBERED = 64;

    private final Map<String, Entry> byCommandId = new LinkedHashMap<>();

    private static final class Entry {
        @Nullable
        Reply reply;

        final List<ActorRef<Reply>> waiting = new ArrayList<>();
    }

    /// True: this id is known; whoever asks gets the same answer, now or when it is there. False: it
    /// is new and must be worked on.
    public boolean repeated(String commandId, ActorRef<Reply> replyTo) {
        var known = byCommandId.get(commandId);
        if (known == null) {
            var entry = new Entry();
            entry.waiting.add(replyTo);
            byCommandId.put(commandId, entry);
            forgetOldest();
            return false;
        }
        if (known.reply != null) {
            replyTo.tell(known.reply);
        } else {
            known.waiting.add(replyTo);
        }
        return true;
    }

    public void answer(String commandId, Reply reply) {
        var entry = byCommandId.get(commandId);
        if (entry != null && entry.reply == null) {
            entry.reply = reply;
            entry.waiting.forEach(waiting -> waiting.tell(reply));
            entry.waiting.clear();
        }
    }

    /// After a failed write nobody will be answered: a repeat of such a command is worked on anew, on
    /// the state that is true.
    ///
    /// @param except command ids whose answer follows from the state
    public void forgetUnanswered(Collection<String> except) {
        byCommandId.entrySet().removeIf(e -> e.getValue().reply == null && !except.contains(e.getKey()));
    }

    private void forgetOldest() {
        for (Iterator<Entry> oldest = byCommandId.values().iterator();
                byCommandId.size() > MAX_REMEMBERED && oldest.hasNext(); ) {
            if (oldest.next().reply != null) {
                oldest.remove();
            }
        }
    }
}
