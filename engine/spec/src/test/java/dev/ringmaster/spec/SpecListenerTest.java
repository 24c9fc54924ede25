package dev.ringmaster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SpecListenerTest {
    @TempDir
    Path folder;

    private final String before = System.getProperty("ringmaster.spec.results", "");

    @BeforeEach
    void redirect() {
        System.setProperty("ringmaster.spec.results", folder.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty("ringmaster.spec.results", before);
    }

    @Test
    void outcomes_are_written_with_the_ids_of_the_test_and_of_its_class() throws IOException {
        run(Inner.class);

        assertThat(files(".json")).hasSize(1);
        assertThat(files(".json").getFirst())
                .contains("works()\", \"outcome\": \"passed\", \"ids\": [\"SYS-001\", \"SYS-002\"]")
                .contains("breaks()\", \"outcome\": \"failed\", \"ids\": [\"SYS-001\"]")
                .contains("waits()\", \"outcome\": \"skipped\"");
        assertThat(files(".running")).isEmpty();
    }

    @Test
    void a_set_up_that_fails_is_a_failure() throws IOException {
        run(BrokenSetUp.class);

        assertThat(files(".json").getFirst()).contains("\"outcome\": \"failed\"");
    }

    @Test
    void while_tests_run_a_mark_says_so() {
        var during = new ArrayList<String>();
        run(Inner.class, new TestExecutionListener() {
            @Override
            public void executionStarted(TestIdentifier test) {
                during.addAll(files(".running"));
            }
        });

        assertThat(during).isNotEmpty();
    }

    @Test
    void a_test_name_with_quotes_and_line_breaks_is_one_json_string() {
        assertThat(SpecListener.quoted("says \"no\"\n")).isEqualTo("\"says \\\"no\\\"\\u000a\"");
    }

    private static void run(Class<?> tests, TestExecutionListener... others) {
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        var launcher = LauncherFactory.create(config);
        launcher.registerTestExecutionListeners(new SpecListener());
        List.of(others).forEach(launcher::registerTestExecutionListeners);
        launcher.execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build());
    }

    private List<String> files(String ending) {
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .map(SpecListenerTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Surefire leaves nested classes alone; only the tests above run them.

    @Spec("SYS-001")
    static class Inner {
        @Test
        @Spec("SYS-002")
        void works() {}

        @Test
        void breaks() {
            throw new AssertionError("on purpose");
        }

        @Test
        @Disabled("on purpose")
        void waits() {}
    }

    static class BrokenSetUp {
        @BeforeAll
        static void setUp() {
            assertThat("a database").isEqualTo("there");
        }

        @Test
        void never_runs() {}
    }
}
