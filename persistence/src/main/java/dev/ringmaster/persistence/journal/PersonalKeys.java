package dev.ringmaster.persistence.journal;

import dev.ringmaster.persistence.database.MasterKey;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.json.Opener;
import dev.ringmaster.persistence.json.Sealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The keys that seal personal values of the journal: one a subject (a call; an agent for what is only hers), drawn
/// with its first event, wrapped by the master key and kept in a table. Dropping the row's key forgets the person;
/// no event is ever edited.
public final class PersonalKeys {
    /// What is read where the key has been dropped.
    public static final String FORGOTTEN = "(forgotten)";

    /// Keys kept in memory: about 300 bytes each. Fewer, and long calls ask the table again.
    private static final int MAX_CACHED = 50_000;

    /// After so long a key is looked up again, so that a key dropped on another node is soon gone from this one.
    private static final long CACHED_NANOS = Duration.ofMinutes(5).toNanos();

    private final DataSource source;
    private final KeyWrap wrap;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Cached> bySubject = cache();
    private final Map<Long, Cached> byId = cache();

    public PersonalKeys(DataSource source, MasterKey master) {
        this.source = source;
        this.wrap = new KeyWrap(master.secret());
    }

    /// @param key empty when it has been dropped
    private record Cached(long id, Optional<ValueSeal> key, long atNanos) {}

    /// Seals with the key of this subject, which [#ensure] has fetched before (else it is fetched now).
    Sealer sealer(String subject) {
        return value -> {
            var cached = fresh(bySubject.get(subject));
            if (cached == null) {
                ensure(List.of(subject));
                cached = bySubject.get(subject);
            }
            if (cached == null) {
                throw new IllegalStateException("more than " + MAX_CACHED + " keys are asked for at once");
            }
            var id = cached.id();
            return SealedText.of(id, cached.key().map(key -> key.seal(value)));
        };
    }

    /// Opens what any of the keys has sealed.
    Opener opener() {
        return text -> SealedText.parse(text).map(this::open).orElse(text);
    }

    /// Whether none of these keys has to be asked for.
    boolean have(Collection<String> subjects) {
        return subjects.stream().allMatch(subject -> fresh(bySubject.get(subject)) != null);
    }

    /// Draws and keeps the keys that are missing; blocks for one transaction however many there are.
    void ensure(Collection<String> subjects) {
        var missing = new TreeSet<>(subjects);
        missing.removeIf(subject -> fresh(bySubject.get(subject)) != null);
        if (missing.isEmpty()) {
            return;
        }
        var names = List.copyOf(missing); // in order, so that two nodes never wait for each other
        Sql.inTransaction(source, sql -> {
            // First only looked up: most are there when an agent's events concern a call.
            var absent = new ArrayList<>(names);
            absent.removeAll(remember(sql, names));
            if (!absent.isEmpty()) {
                for (var subject : absent) {
                    sql.update(
                            "INSERT INTO personal_key (subject, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING",
                            subject,
                            draw(subject));
                }
                remember(sql, absent);
            }
            return true;
        });
    }

    /// Forgets a subject for good: what its key has sealed can never be read again.
    public void drop(String subject) {
        Sql.inTransaction(source, sql -> sql.update("""
                        INSERT INTO personal_key (subject, wrapped, dropped_at) VALUES (?, NULL, now())
                        ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, dropped_at = coalesce(personal_key.dropped_at, now())
                        """, subject));
        var cached = bySubject.remove(subject);
        if (cached != null) {
            byId.remove(cached.id());
        }
    }

    private byte[] draw(String subject) {
        var key = new byte[KeyWrap.KEY_BYTES];
        random.nextBytes(key);
        return wrap.wrap(key, subject);
    }

    private List<String> remember(Sql sql, List<String> subjects) {
        return sql.list(
                "SELECT key_id, subject, wrapped FROM personal_key WHERE subject = ANY (?)",
                row -> remember(row.getLong("key_id"), row.getString("subject"), row.getBytes("wrapped")),
                subjects);
    }

    private String remember(long id, String subject, byte @Nullable [] wrapped) {
        var key = Optional.ofNullable(wrapped).map(w -> new ValueSeal(wrap.unwrap(w, subject), id));
        var cached = new Cached(id, key, System.nanoTime());
        bySubject.put(subject, cached);
        byId.put(id, cached);
        return subject;
    }

    private String open(SealedText sealed) {
        var cached = fresh(byId.get(sealed.keyId()));
        if (cached == null) {
            Sql.reading(
                    source,
                    sql -> sql.list(
                            "SELECT key_id, subject, wrapped FROM personal_key WHERE key_id = ?",
                            row -> remember(row.getLong("key_id"), row.getString("subject"), row.getBytes("wrapped")),
                            sealed.keyId()));
            cached = byId.get(sealed.keyId());
        }
        var key = cached == null ? Optional.<ValueSeal>empty() : cached.key();
        return sealed.content()
                .flatMap(content -> key.map(k -> k.open(content)))
                .orElse(FORGOTTEN);
    }

    /// Fetches the keys of many sealed values at once, before they are opened one by one.
    void prefetch(Collection<Long> ids) {
        var missing = new ArrayList<>(ids);
        missing.removeIf(id -> fresh(byId.get(id)) != null);
        if (!missing.isEmpty()) {
            Sql.reading(
                    source,
                    sql -> sql.list(
                            "SELECT key_id, subject, wrapped FROM personal_key WHERE key_id = ANY (?::bigint[])",
                            row -> remember(row.getLong("key_id"), row.getString("subject"), row.getBytes("wrapped")),
                            missing.stream().map(String::valueOf).toList()));
        }
    }

    private static @Nullable Cached fresh(@Nullable Cached cached) {
        return cached == null || System.nanoTime() - cached.atNanos() > CACHED_NANOS ? null : cached;
    }

    private static <K> Map<K, Cached> cache() {
        return Collections.synchronizedMap(new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Cached> eldest) {
                return size() > MAX_CACHED;
            }
        });
    }
}
