package dev.ringmaster.call;

/// Names of the sounds that calls use by themselves; the prompt bank of the media resolves them.
public final class Prompts {
    /// Heard on hold where no queue has its own music.
    public static final String HOLD_MUSIC = "music/default";

    /// "How satisfied were you? Press 1 …"
    public static final String SURVEY_ASK = "survey/ask";

    /// The same question once more.
    public static final String SURVEY_AGAIN = "survey/again";

    public static final String SURVEY_THANKS = "survey/thanks";

    private Prompts() {}
}
