package dev.ringmaster.media;

/// A browser's line. Its peer is known by ICE credentials, then by the fingerprint of its certificate.
public non-sealed interface SecureStream extends MediaStream {
    /// What the browser must present to reach this stream: `a=ice-ufrag` and `a=ice-pwd` of the answer.
    IceCredentials ice();

    /// What the browser's offer says. An equal one changes nothing; another ufrag is an ICE restart by the browser,
    /// another fingerprint a new DTLS association (a reload of the page: sound plans and SSRC stay).
    ///
    /// @return the credentials for the answer: new ones when the browser's have changed
    IceCredentials remote(SecureRemote remote);

    /// Where the line is between the first check and its end.
    SecureState state();
}
