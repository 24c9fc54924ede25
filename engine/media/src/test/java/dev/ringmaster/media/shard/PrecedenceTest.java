package dev.ringmaster.media.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class PrecedenceTest {
    /// The words of /proc/‹pid›/stat after the name: nice is the 19th field, the 17th of them.
    private static final int NICE_AT = 16;

    @Test
    void onlyTheThreadThatAsksGoesFirst() throws Exception {
        var asking = new FutureTask<>(() -> Precedence.raise() ? nice() : null);
        var thread = Thread.ofPlatform().start(asking);
        var nice = asking.get();
        thread.join();
        assumeTrue(nice != null, "skipped: this user may not raise the priority of a thread");
        assertEquals(Precedence.NICE, nice);
        assertEquals(0, nice());
    }

    private static int nice() throws Exception {
        var stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_AT]);
    }
}
