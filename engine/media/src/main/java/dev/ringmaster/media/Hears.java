package dev.ringmaster.media;

import java.util.List;
import java.util.Objects;

/// What a party is to hear.
public sealed interface Hears {
    /// No packet at all: early, or on hold at the peer's wish.
    record Nothing() implements Hears {}

    /// Packets of silence, so that the peer's jitter buffer, NAT and media timer stay content.
    record Silence() implements Hears {}

    /// A sound without end. It goes on where this stream left it when something else was heard in between. The
    /// built-in music stands in for one that cannot be found.
    record Music(String name) implements Hears {
        public Music {
            Objects.requireNonNull(name);
        }
    }

    /// Sounds one after another, once. A generation is played at most once a stream: while it is wished it goes on,
    /// and when it is over, or was interrupted by another wish, [StreamListener#onPromptEnded] says so and it never
    /// starts again. Generations of a stream only grow.
    ///
    /// @param names what to play; one that cannot be found is left out
    /// @param then what is heard after it, still in this plan (music after an announcement, a bridge after a beep);
    ///     it may change while the prompt plays. Not a prompt.
    record Prompt(long generation, List<String> names, Hears then) implements Hears {
        public Prompt {
            names = List.copyOf(names);
            if (then instanceof Prompt) {
                throw new IllegalArgumentException("after a prompt comes no prompt: put the sounds into one list");
            }
        }

        public Prompt(long generation, List<String> names) {
            this(generation, names, new Silence());
        }
    }

    /// A tone of the network.
    record Tone(ToneKind kind) implements Hears {
        public Tone {
            Objects.requireNonNull(kind);
        }
    }

    /// What another stream says, as soon as and as long as it is open; silence while it says nothing. One
    /// direction: that the other hears this one is a wish of its own.
    record Bridge(String streamId) implements Hears {
        public Bridge {
            Objects.requireNonNull(streamId);
        }
    }
}
