package dev.ringmaster.runtime.entity;

import dev.ringmaster.exchange.Owed;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.Post;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Sends what an entity owes: at once when it is new, and all of it again each second until the
/// state no longer owes it.
public final class Debts {
    private final Post post;
    private final Debtor debtor;
    private Set<String> sent = new HashSet<>();

    public Debts(Post post, Debtor debtor) {
        this.post = post;
        this.debtor = debtor;
    }

    /// After a persist or a recovery: sends what has not been sent before.
    public void changed(List<Owed> owed) {
        for (var debt : owed) {
            if (!sent.contains(debt.key())) {
                post.deliver(debtor, debt);
            }
        }
        sent = owed.stream().map(Owed::key).collect(Collectors.toCollection(HashSet::new));
    }

    /// Each second: nobody has confirmed these.
    public void again(List<Owed> owed) {
        owed.forEach(debt -> post.deliver(debtor, debt));
    }
}
