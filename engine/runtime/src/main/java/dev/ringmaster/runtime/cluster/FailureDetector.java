package dev.ringmaster.runtime.cluster;

import com.typesafe.config.Config;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/// Pekko's own detector, which believes in a missing heartbeat only after a generous pause, and at
/// once in a proven death.
/// Named in `cluster-config/reference`: a downed member is removed only when the detector agrees
/// that it cannot be reached.
public final class FailureDetector extends PhiAccrualFailureDetector {
    private volatile String address = "";

    public FailureDetector(Config config, EventStream events) {
        super(config, events);
    }

    @Override
    public void setAddress(String monitored) {
        super.setAddress(monitored);
        address = monitored;
    }

    @Override
    public boolean isAvailable() {
        return !ProvenDeaths.contains(address) && super.isAvailable();
    }
}
