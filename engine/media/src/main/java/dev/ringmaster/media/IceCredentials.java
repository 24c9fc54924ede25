package dev.ringmaster.media;

/// The `a=ice-ufrag` and `a=ice-pwd` of one side (RFC 8445).
public record IceCredentials(String ufrag, String password) {
    /// Without the password, which is a secret of the session.
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
