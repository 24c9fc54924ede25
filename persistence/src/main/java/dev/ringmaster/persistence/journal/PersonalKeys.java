package dev.ringmaster.persistence.journal;

import dev.ringmaster.persistence.database.MasterKey;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.json.Opener;
import dev.ringmaster.persistence.json.Sealer;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
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

    /// Taken from the sequence at once; a process that ends leaves the rest unused.
    private static final int NUMBERS = 200;

    private static final String KEYS = "SELECT key_id, subject, wrapped FROM personal_key ";

    private final DataSource source;
    private final KeyWrap wrap;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Cached> bySubject = cache();
    private final Map<Long, Cached> byId = cache();
    private final ArrayDeque<Long> numbers = new ArrayDeque<>();

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

    /// Draws and keeps the keys that are missing; blocks for one transaction however many there are.
    void ensure(Collection<String> subjects) {
        Sql.inTransaction(source, sql -> {
            sql.afterCommit(drawing(sql, subjects)::keep);
            return true;
        });
    }

    /// Those of these subjects whose keys have to be drawn or fetched.
    Set<String> missing(Collection<String> subjects) {
        var missing = new TreeSet<>(subjects); // in order, so that two nodes never wait for each other
        missing.removeIf(subject -> fresh(bySubject.get(subject)) != null);
        return missing;
    }

    /// None besides those that are known already.
    Drawn none() {
        return new Drawn();
    }

    /// New keys with numbers of their own, to be inserted by the caller's statement, which fails where a subject has
    /// one.
    Drawn proposing(Sql sql, Collection<String> subjects) {
        var drawn = new Drawn();
        for (var subject : subjects) {
            var key = new byte[KeyWrap.KEY_BYTES];
            random.nextBytes(key);
            drawn.propose(number(sql), subject, new SecretKeySpec(key, "AES"), wrap.wrap(key, subject));
        }
        return drawn;
    }

    private long number(Sql sql) {
        synchronized (numbers) {
            if (numbers.isEmpty()) {
                numbers.addAll(sql.list(
                        "SELECT nextval(pg_get_serial_sequence('personal_key', 'key_id')) AS number FROM generate_series(1, ?)",
                        row -> row.getLong("number"),
                        NUMBERS));
            }
            return numbers.removeFirst();
        }
    }

    /// The keys of these subjects inside the caller's transaction, drawn where there are none.
    Drawn drawing(Sql sql, Collection<String> subjects) {
        var missing = missing(subjects);
        var drawn = new Drawn();
        if (missing.isEmpty()) {
            return drawn;
        }
        var names = List.copyOf(missing);
        var raw = new HashMap<String, SecretKey>();
        var wrapped = new byte[names.size()][];
        for (int i = 0; i < wrapped.length; i++) {
            var key = new byte[KeyWrap.KEY_BYTES];
            random.nextBytes(key);
            raw.put(names.get(i), new SecretKeySpec(key, "AES"));
            wrapped[i] = wrap.wrap(key, names.get(i));
        }
        // First drawn, because a call's first event is what mostly needs one.
        sql.list(
                """
                INSERT INTO personal_key (subject, wrapped) SELECT * FROM unnest(?, ?)
                ON CONFLICT (subject) DO NOTHING RETURNING key_id, subject
                """,
                row -> drawn.add(
                        row.getString("subject"),
                        row.getLong("key_id"),
                        Optional.of(Objects.requireNonNull(raw.get(row.getString("subject"))))),
                names,
                wrapped);
        missing.removeAll(drawn.keys.keySet());
        if (!missing.isEmpty()) {
            sql.list(
                    KEYS + "WHERE subject = ANY (?)",
                    row -> {
                        var subject = row.getString("subject");
                        var key = Optional.ofNullable(row.getBytes("wrapped")).map(w -> wrap.unwrap(w, subject));
                        return drawn.add(subject, row.getLong("key_id"), key);
                    },
                    missing);
        }
        return drawn;
    }

    /// Keys of one transaction: it may seal with them at once, everybody else once it has committed.
    final class Drawn {
        private final Map<String, Cached> keys = new LinkedHashMap<>();
        private final List<byte[]> wrapped = new ArrayList<>();

        private void propose(long id, String subject, SecretKey key, byte[] sealed) {
            add(subject, id, Optional.of(key));
            wrapped.add(sealed);
        }

        /// Number, subject and wrapped key of what was proposed.
        Object[] columns() {
            return new Object[] {
                keys.values().stream().map(Cached::id).toArray(Long[]::new),
                keys.keySet(),
                wrapped.toArray(byte[][]::new)
            };
        }

        private boolean add(String subject, long id, Optional<SecretKey> key) {
            keys.put(subject, new Cached(id, key.map(k -> new ValueSeal(k, id)), System.nanoTime()));
            return true;
        }

        Sealer sealer(String subject) {
            var own = keys.get(subject);
            return own == null
                    ? PersonalKeys.this.sealer(subject)
                    : value -> SealedText.of(own.id(), own.key().map(key -> key.seal(value)));
        }

        void keep() {
            keys.forEach(PersonalKeys.this::keep);
        }
    }

    private void keep(String subject, Cached key) {
        bySubject.put(subject, key);
        byId.put(key.id(), key);
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

    private String remember(ResultSet row) throws SQLException {
        var id = row.getLong("key_id");
        var subject = row.getString("subject");
        var key = Optional.ofNullable(row.getBytes("wrapped")).map(w -> new ValueSeal(wrap.unwrap(w, subject), id));
        keep(subject, new Cached(id, key, System.nanoTime()));
        return subject;
    }

    private String open(SealedText sealed) {
        var cached = fresh(byId.get(sealed.keyId()));
        if (cached == null) {
            Sql.reading(source, sql -> sql.list(KEYS + "WHERE key_id = ?", this::remember, sealed.keyId()));
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
                            KEYS + "WHERE key_id = ANY (?)", this::remember, (Object) missing.toArray(Long[]::new)));
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
