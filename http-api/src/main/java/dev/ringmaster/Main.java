package dev.ringmaster;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program: `demo`, `run [--config FILE]`, `replay …`. Reads the settings once, starts the
/// node, and stops it cleanly on a signal.
public final class Main {
    static final String VERSION = "1.0";

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /// The settings cannot be used; nothing was started.
    private static final int EXIT_SETTINGS = 2;

    private Main() {}

    /// @param args the command and its arguments
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var command = args.length == 0 ? "" : args[0];
        var rest = args.length == 0 ? List.<String>of() : List.of(Arrays.copyOfRange(args, 1, args.length));
        try {
            switch (command) {
                case "demo" -> node(read(rest), true, out);
                case "run" -> node(read(rest), false, out);
                case "replay" -> System.exit(Replay.run(read(List.of()), rest, out));
                default -> {
                    System.err.println("ringmaster: demo, run [--config FILE] or replay call ID | agent ID | rebuild");
                    System.exit(EXIT_SETTINGS);
                }
            }
        } catch (SettingsReader.BadSetting e) {
            System.err.println("ringmaster: " + e.getMessage());
            System.exit(EXIT_SETTINGS);
        } catch (Exception e) {
            LOG.error("the node could not start", e);
            System.err.println("ringmaster: the node could not start: " + sentence(e));
            System.exit(1);
        }
    }

    private static Settings read(List<String> arguments) {
        Optional<Path> file = Optional.empty();
        if (arguments.size() == 2 && arguments.getFirst().equals("--config")) {
            file = Optional.of(Path.of(arguments.getLast()));
        } else if (!arguments.isEmpty()) {
            throw new SettingsReader.BadSetting("unknown arguments: " + String.join(" ", arguments));
        }
        return SettingsReader.read(System.getenv(), file);
    }

    private static void node(Settings settings, boolean demo, PrintStream out) throws Exception {
        var node = Node.start(settings, demo, out);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            node.close();
            ended.countDown();
            // A signal is the usual way to stop a node, not a failure.
            Runtime.getRuntime().halt(0);
        }));
        node.awaitReady();
        if (demo) {
            node.sayDemo();
        }
        node.sayReady();
        ended.await();
    }

    private static String sentence(Throwable failure) {
        var at = failure;
        while (at.getCause() != null && at.getMessage() == null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }
}
