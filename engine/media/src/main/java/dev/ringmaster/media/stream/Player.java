package dev.ringmaster.media.stream;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.Hears;
import dev.ringmaster.media.Sounds;
import dev.ringmaster.media.ToneKind;
import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.prompt.Sound;
import dev.ringmaster.media.prompt.SoundBank;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes the frames that a party hears when nobody speaks to it: prompts, music, tones, silence. Converges to a
/// wish: what is wished again goes on.
final class Player {
    static final int FRAME_SAMPLES = 160;

    /// What is to be sent now.
    enum Frame {
        NONE,
        SILENCE,
        SOUND,
        /// What the other party says; this player is still.
        BRIDGE
    }

    /// Who is told that a prompt is over.
    interface Listener {
        void promptEnded(long generation, long samples, boolean whole);
    }

    private final SoundBank sounds;
    private final Listener listener;

    /// What is heard when no prompt is.
    private Hears base = new Hears.Nothing();
    private Hears.@Nullable Prompt prompt;
    private long endedGeneration = Long.MIN_VALUE;
    private int promptIndex;
    private int promptAt;
    private long promptSamples;

    private String loopName = "";
    private @Nullable Sound loop;
    private int loopAt;
    private boolean beeped;

    Player(SoundBank sounds, Listener listener) {
        this.sounds = sounds;
        this.listener = listener;
    }

    void wish(Hears hears) {
        switch (hears) {
            case Hears.Prompt wished -> {
                if (prompt == null || prompt.generation() != wished.generation()) {
                    interrupt();
                    if (wished.generation() > endedGeneration) {
                        promptIndex = 0;
                        promptAt = 0;
                        promptSamples = 0;
                        prompt = wished;
                    }
                } else {
                    prompt = wished;
                }
                changeBase(wished.then());
            }
            case Hears.Nothing _, Hears.Silence _, Hears.Music _, Hears.Tone _, Hears.Bridge _ -> {
                interrupt();
                changeBase(hears);
            }
        }
    }

    /// The stream whose voice is wished, now or after the prompt.
    @Nullable
    String bridgedTo() {
        return base instanceof Hears.Bridge(var id) ? id : null;
    }

    /// Whether a voice from the bridge is to be passed on at this moment.
    boolean isBridging() {
        return prompt == null && base instanceof Hears.Bridge;
    }

    /// Goes on by 20 ms and writes what is heard.
    Frame next(Codec codec, byte[] out, int at) {
        if (prompt != null) {
            var frame = promptFrame(prompt, codec, out, at);
            if (frame != Frame.NONE) {
                return frame;
            }
        }
        return switch (base) {
            case Hears.Nothing _, Hears.Prompt _ -> Frame.NONE;
            case Hears.Silence _ -> silence(codec, out, at);
            case Hears.Bridge _ -> Frame.BRIDGE;
            case Hears.Music(var name) -> loopFrame(playable(name), codec, out, at);
            case Hears.Tone(var kind) ->
                kind == ToneKind.BEEP ? beepFrame(codec, out, at) : loopFrame(kind.sound(), codec, out, at);
        };
    }

    static Frame silence(Codec codec, byte[] out, int at) {
        Arrays.fill(out, at, at + FRAME_SAMPLES, G711.silence(codec));
        return Frame.SILENCE;
    }

    private void changeBase(Hears wished) {
        if (!wished.equals(base)) {
            base = wished;
            beeped = false;
        }
    }

    private void interrupt() {
        if (prompt != null) {
            end(prompt, false);
        }
    }

    private void end(Hears.Prompt ended, boolean whole) {
        prompt = null;
        endedGeneration = Math.max(endedGeneration, ended.generation());
        listener.promptEnded(ended.generation(), promptSamples, whole);
    }

    /// Sounds follow each other without a gap, within one frame too. NONE when the prompt was over before this
    /// frame.
    private Frame promptFrame(Hears.Prompt playing, Codec codec, byte[] out, int at) {
        int filled = 0;
        while (filled < FRAME_SAMPLES && promptIndex < playing.names().size()) {
            var sound = sounds.find(playing.names().get(promptIndex));
            if (sound == null) {
                break;
            }
            int count = Math.min(FRAME_SAMPLES - filled, sound.length() - promptAt);
            if (count <= 0) {
                promptIndex++;
                promptAt = 0;
                continue;
            }
            sound.copy(codec, promptAt, out, at + filled, count);
            promptAt += count;
            filled += count;
        }
        promptSamples += filled;
        boolean over = promptIndex >= playing.names().size();
        if (over && filled == 0) {
            end(playing, true);
            return Frame.NONE;
        }
        Arrays.fill(out, at + filled, at + FRAME_SAMPLES, G711.silence(codec));
        if (over) {
            end(playing, true);
        }
        return filled == 0 ? Frame.SILENCE : Frame.SOUND;
    }

    /// Nobody waits in silence because a file is missing.
    private String playable(String music) {
        if (music.equals(loopName) && loop != null && !SoundBank.isAbsent(loop)) {
            return music;
        }
        var found = sounds.find(music);
        return found != null && SoundBank.isAbsent(found) ? Sounds.DEFAULT_MUSIC : music;
    }

    private Frame loopFrame(String name, Codec codec, byte[] out, int at) {
        if (!name.equals(loopName) || loop == null || SoundBank.isAbsent(loop)) {
            if (!name.equals(loopName)) {
                loopName = name;
                loopAt = 0;
            }
            loop = sounds.find(name);
        }
        var sound = loop;
        if (sound == null || sound.length() == 0) {
            return silence(codec, out, at);
        }
        for (int filled = 0; filled < FRAME_SAMPLES; ) {
            loopAt = loopAt >= sound.length() ? 0 : loopAt;
            int count = Math.min(FRAME_SAMPLES - filled, sound.length() - loopAt);
            sound.copy(codec, loopAt, out, at + filled, count);
            loopAt += count;
            filled += count;
        }
        return Frame.SOUND;
    }

    private Frame beepFrame(Codec codec, byte[] out, int at) {
        if (beeped) {
            return silence(codec, out, at);
        }
        if (!ToneKind.BEEP.sound().equals(loopName)) {
            loopAt = 0;
        }
        var frame = loopFrame(ToneKind.BEEP.sound(), codec, out, at);
        if (loop != null && loopAt >= loop.length()) {
            beeped = true;
            loopName = "";
        }
        return frame;
    }
}
