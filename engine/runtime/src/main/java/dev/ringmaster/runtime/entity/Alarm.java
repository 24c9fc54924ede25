package dev.ringmaster.runtime.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// One timer for one entity's deadline, which is a function of its state.
public final class Alarm<M> {
    private final TimerScheduler<M> timers;
    private final M fired;
    private final EntityClock clock;
    private Optional<Instant> armed = Optional.empty();

    public Alarm(TimerScheduler<M> timers, M fired, EntityClock clock) {
        this.timers = timers;
        this.fired = fired;
        this.clock = clock;
    }

    /// Arms for this deadline; one that has passed is due now.
    public void set(Optional<Instant> deadline) {
        if (!deadline.equals(armed)) {
            arm(deadline);
        }
    }

    /// The clock was shifted, or the timer has rung: whatever was armed is to be armed anew.
    public void rearm(Optional<Instant> deadline) {
        arm(deadline);
    }

    /// What was due could not be done now: it rings once more after a while.
    public void again(Duration pause) {
        timers.startSingleTimer(fired, fired, pause);
    }

    /// The timer is gone with a restart; the next deadline is armed whatever it is.
    public void forget() {
        armed = Optional.empty();
    }

    private void arm(Optional<Instant> deadline) {
        armed = deadline;
        if (deadline.isEmpty()) {
            timers.cancel(fired);
            return;
        }
        var wait = Duration.between(clock.now(), deadline.get());
        // One millisecond up: the timer must never ring before the deadline that it announces.
        timers.startSingleTimer(fired, fired, wait.isNegative() ? Duration.ZERO : wait.plusMillis(1));
    }
}
