package dev.ringmaster.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes every test of a module with its outcome and its [Spec] ids to `target/spec-results/*.json`, from which
/// `./ringmaster test` makes its report. The JUnit Platform finds it through `META-INF/services`; it is silent
/// unless the system property `ringmaster.spec.results` names a folder.
///
/// While tests run, a file `*.running` stands there; one that is left over tells of a test process that died.
public final class SpecListener implements TestExecutionListener {
    private final ConcurrentLinkedQueue<String> entries = new ConcurrentLinkedQueue<>();
    private Optional<TestPlan> plan = Optional.empty();
    private Optional<Path> running = Optional.empty();

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = Optional.of(testPlan);
        running = Optional.ofNullable(System.getProperty("ringmaster.spec.results"))
                // Surefire may use several processes, and several plans in one.
                .map(folder -> Path.of(folder)
                        .resolve("%d-%x.running"
                                .formatted(ProcessHandle.current().pid(), System.nanoTime())));
        running.ifPresent(file -> write(file, module() + "\n"));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        // A container fails when its set-up does; its tests are then never heard of.
        if (test.isTest() || !passed) {
            entries.add(entry(test, passed ? "passed" : "failed"));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        entries.add(entry(test, "skipped"));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        running.ifPresent(file -> {
            if (!entries.isEmpty()) {
                var name = file.getFileName().toString().replace(".running", ".json");
                write(file.resolveSibling(name), "[\n" + String.join(",\n", entries) + "\n]\n");
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        entries.clear();
    }

    private static String module() {
        return System.getProperty("ringmaster.module", "unnamed module");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String entry(TestIdentifier test, String outcome) {
        var ids = new TreeSet<String>();
        var names = new ArrayList<String>();
        for (var at = Optional.of(test); at.isPresent(); at = parent(at.get())) {
            var source = at.get().getSource();
            if (source.isPresent() && source.get() instanceof MethodSource method) {
                ids.addAll(idsOf(method.getJavaMethod().getAnnotation(Spec.class)));
            } else if (source.isPresent() && source.get() instanceof ClassSource type) {
                ids.addAll(idsOf(type.getJavaClass().getAnnotation(Spec.class)));
            }
            if (source.isPresent()) {
                names.addFirst(at.get().getDisplayName());
            }
        }
        return "{\"module\": %s, \"test\": %s, \"outcome\": %s, \"ids\": [%s]}"
                .formatted(
                        quoted(module()),
                        quoted(String.join(" > ", names)),
                        quoted(outcome),
                        String.join(", ", ids.stream().map(SpecListener::quoted).toList()));
    }

    private Optional<TestIdentifier> parent(TestIdentifier test) {
        return plan.flatMap(known -> known.getParent(test));
    }

    private static List<String> idsOf(@Nullable Spec spec) {
        return spec == null ? List.of() : List.of(spec.value());
    }

    /// A JSON string.
    static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < 0x20) {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
