package dev.ringmaster.media.shard;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// A thread's place among all that want a core. Sound that is late cannot be made up for, so on a
/// full machine those who talk come before the work for those who have just called.
final class Precedence {
    /// What sound servers take: twelve times the share of a thread that asks for nothing.
    static final int NICE = -11;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private Precedence() {}

    /// For the calling thread and those that it starts.
    ///
    /// @return whether the kernel allows it: root may, others with `LimitNICE` of systemd or CAP_SYS_NICE
    @SuppressWarnings("restricted") // it reaches the C library, as jvm.options allow
    static boolean raise() {
        // only Linux has a nice value for each thread
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        var linker = Linker.nativeLinker();
        var setpriority = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            return (int) setpriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICE) == 0;
        } catch (Throwable fault) {
            throw new IllegalStateException("setpriority", fault);
        }
    }
}
