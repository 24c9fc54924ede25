package dev.ringmaster.media;

/// One party: what it says comes in, what it hears goes out, as one unbroken stream whatever the sources are.
///
/// Nothing here throws because of the network or because the stream has been closed meanwhile: then it does
/// nothing.
public sealed interface MediaStream permits RtpStream, SecureStream {
    String id();

    /// The SSRC under which this party hears us, for `a=ssrc`.
    long ssrc();

    /// The whole wish, level-triggered: applying an equal plan changes nothing (a prompt of the same generation,
    /// music and recording go on), so it may be sent again at any time. Before the first plan the party hears
    /// nothing.
    void apply(AudioPlan plan);

    /// Sends keys to this party (RFC 4733, else in-band tones), after those still under way. While a key sounds,
    /// nothing else is sent. Not idempotent.
    ///
    /// @param digits of `0-9*#A-D`; others are left out; `,` pauses for a second. At most 64 wait, the rest is
    ///     dropped
    void sendDigits(String digits);

    /// Closes the sockets, seals a recording, and lets the id go. No event comes after
    /// [StreamListener#onRecordingSealed].
    void close();
}
