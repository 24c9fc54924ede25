package dev.ringmaster.media;

import java.util.Objects;

/// What a browser's SDP offer says about its end.
///
/// @param iceUfrag its `a=ice-ufrag`
/// @param fingerprint its `a=fingerprint`, algorithm and bytes: `sha-256 AB:CD:…`
/// @param codec what we send it
/// @param telephoneEvent its payload type of telephone-event/8000, or -1
public record SecureRemote(String iceUfrag, String fingerprint, Codec codec, int telephoneEvent) {
    public SecureRemote {
        Objects.requireNonNull(iceUfrag);
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(codec);
        PayloadTypes.checkTelephoneEvent(telephoneEvent);
    }
}
