package dev.ringmaster.media.prompt;

import dev.ringmaster.media.SoundSource;
import dev.ringmaster.media.Sounds;
import dev.ringmaster.media.ToneKind;
import dev.ringmaster.media.codec.Resampler;
import dev.ringmaster.media.dtmf.Keys;
import dev.ringmaster.media.tone.Melody;
import dev.ringmaster.media.tone.Tones;
import dev.ringmaster.media.wav.WavReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sounds of a node. Shards only look up; loading and decoding happen on a thread of their own.
public final class SoundBank implements Sounds {
    private static final Logger LOG = LoggerFactory.getLogger(SoundBank.class);
    /// Loaded sounds that may be kept, in samples (two bytes each): about nine hours. The oldest go first and are
    /// loaded again when they are asked for.
    private static final long MAX_LOADED_SAMPLES = 256L << 20;
    /// A name without a sound is asked for again after this.
    private static final long RETRY_NANOS = 10_000_000_000L;

    private static final int MAX_ABSENT = 10_000;

    /// What needs no file: made once a process.
    private static final class BuiltIn {
        static final Map<String, Sound> SOUNDS = new HashMap<>();
        static final List<Sound> KEYS = new ArrayList<>();

        static {
            for (var kind : ToneKind.values()) {
                SOUNDS.put(kind.sound(), new Sound(Tones.of(kind)));
            }
            SOUNDS.put(DEFAULT_MUSIC, new Sound(Melody.samples()));
            for (int event = 0; event < 16; event++) {
                KEYS.add(new Sound(Tones.key(Keys.key(event))));
            }
        }
    }

    private final SoundSource source;
    private final Map<String, Sound> sounds = new ConcurrentHashMap<>();
    private final Map<String, Long> absentSince = new ConcurrentHashMap<>();
    private final Set<String> loading = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> loaded = new ConcurrentLinkedQueue<>();
    private final AtomicLong loadedSamples = new AtomicLong();

    public SoundBank(SoundSource source) {
        this.source = source;
        sounds.putAll(BuiltIn.SOUNDS);
    }

    /// The sound of that name; null while it is being loaded, which this begins. [#isAbsent] knows a sound that
    /// there is not.
    public @Nullable Sound find(String name) {
        var sound = sounds.get(name);
        if (sound != null && isAbsent(sound)) {
            var since = absentSince.get(name);
            if (since != null && System.nanoTime() - since > RETRY_NANOS && absentSince.remove(name, since)) {
                sounds.remove(name, sound);
            }
            return sound;
        }
        if (sound == null && loading.add(name)) {
            Thread.ofVirtual().name("sound-" + name).start(() -> {
                try {
                    load(name);
                } finally {
                    loading.remove(name);
                }
            });
        }
        return sound;
    }

    public static boolean isAbsent(Sound sound) {
        return sound == Sound.NONE;
    }

    /// 100 ms of a key's tone.
    public Sound key(char key) {
        return BuiltIn.KEYS.get(Keys.event(key));
    }

    @Override
    public Duration put(String name, byte[] wav) throws IOException {
        return keep(name, decode(wav));
    }

    @Override
    public Duration put(String name, short[] samples) {
        return keep(name, new Sound(samples));
    }

    @Override
    public Optional<Duration> load(String name) {
        var known = sounds.get(name);
        if (known != null && !isAbsent(known)) {
            return Optional.of(known.duration());
        }
        try {
            var wav = source.wav(name);
            if (wav.isPresent()) {
                var sound = decode(wav.get());
                keep(name, sound);
                loaded.add(name);
                loadedSamples.addAndGet(sound.length());
                makeRoom();
                return Optional.of(sound.duration());
            }
            LOG.warn("there is no sound {}", name);
        } catch (IOException | RuntimeException fault) {
            LOG.warn("the sound {} cannot be loaded: {}", name, fault.toString());
        }
        noteAbsent(name);
        return Optional.empty();
    }

    @Override
    public void remove(String name) {
        var gone = sounds.remove(name);
        if (gone != null && loaded.remove(name)) {
            loadedSamples.addAndGet(-gone.length());
        }
    }

    private Duration keep(String name, Sound sound) {
        remove(name);
        absentSince.remove(name);
        sounds.put(name, sound);
        return sound.duration();
    }

    private void noteAbsent(String name) {
        if (absentSince.size() < MAX_ABSENT) {
            absentSince.put(name, System.nanoTime());
            sounds.put(name, Sound.NONE);
        }
    }

    private void makeRoom() {
        while (loadedSamples.get() > MAX_LOADED_SAMPLES) {
            var oldest = loaded.poll();
            var gone = oldest == null ? null : sounds.remove(oldest);
            if (gone == null) {
                return;
            }
            loadedSamples.addAndGet(-gone.length());
        }
    }

    private static Sound decode(byte[] file) throws IOException {
        var wav = WavReader.read(file);
        return new Sound(Resampler.toTelephone(wav.mono(), wav.rateHz()));
    }
}
