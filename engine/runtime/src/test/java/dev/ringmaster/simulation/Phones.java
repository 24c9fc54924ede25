package dev.ringmaster.simulation;

import dev.ringmaster.base.Said;
import dev.ringmaster.call.SipDialog;
import java.util.List;
import java.util.Optional;

/// What telephones have in common.
final class Phones {
    private Phones() {}

    /// @param confirmed answered, so that another edge can take it over
    static SipDialog dialog(String legId, boolean confirmed) {
        return new SipDialog(
                "sip-" + legId,
                "local",
                "remote",
                new Said("sip:us"),
                new Said("sip:them"),
                new Said("sip:them@127.0.0.1:5090"),
                List.of(),
                1,
                1,
                "UDP",
                "127.0.0.1:5090",
                false,
                confirmed ? "v=0" : "",
                "v=0",
                20_000,
                confirmed ? Optional.empty() : Optional.of("via"));
    }
}
