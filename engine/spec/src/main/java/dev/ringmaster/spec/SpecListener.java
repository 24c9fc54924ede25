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
public final class SpecListener implements TestExecutionListener {
    private final ConcurrentLinkedQueue<String> entries = new ConcurrentLinkedQueue<>();
    private Optional<TestPlan> plan = Optional.empty();

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = Optional.of(testPlan);
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
        var folder = System.getProperty("ringmaster.spec.results");
        if (folder == null || entries.isEmpty()) {
            return;
        }
        try {
            var path = Files.createDirectories(Path.of(folder));
            // Surefire may use several processes, and several plans in one.
            var name = "%d-%x.json".formatted(ProcessHandle.current().pid(), System.nanoTime());
            Files.writeString(path.resolve(name), "[\n" + String.join(",\n", entries) + "\n]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.clear();
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
                        quoted(System.getProperty("ringmaster.module", "?")),
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
