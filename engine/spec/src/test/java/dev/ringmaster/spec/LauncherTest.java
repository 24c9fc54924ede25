package dev.ringmaster.spec;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `./ringmaster`, function by function: the script is sourced, not run.
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("../../ringmaster").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void the_first_jdk_25_is_taken_and_runtimes_or_other_versions_are_passed_over() throws Exception {
        var old = jdk("old", "17.0.15", true);
        var runtime = jdk("runtime", "25.0.1", false);
        var early = jdk("early", "250", true);
        var right = jdk("right", "25.0.3", true);
        var second = jdk("second", "25", true);

        var found = bash("find_jdk '' /nowhere %s %s %s %s %s".formatted(old, runtime, early, right, second));

        assertThat(found).isEqualTo(new Ran(0, right + "\n"));
        assertThat(bash("find_jdk %s".formatted(second))).isEqualTo(new Ran(0, second + "\n"));
    }

    @Test
    void without_a_jdk_25_one_sentence_says_what_to_do() throws Exception {
        var ran = bash("find_jdk() { return 1; }; need_jdk; echo went on");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output())
                .contains("no JDK 25 found")
                .contains("JAVA_HOME")
                .doesNotContain("went on");
    }

    @Test
    void only_packages_whose_program_is_missing_are_asked_for() throws Exception {
        var ran =
                bash("printf 'bash command -v bash\\nnever-heard-of command -v never-heard-of\\n' | missing_packages");

        assertThat(ran).isEqualTo(new Ran(0, "never-heard-of\n"));
    }

    @Test
    void who_may_not_install_is_told_the_line_to_type() throws Exception {
        var ran = bash("id() { echo 1000; }; need_packages <<< 'sip-tester false'");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).contains("sudo apt-get install -y --no-install-recommends sip-tester");
    }

    @Test
    void the_fingerprint_follows_contents_and_names_but_not_times_tests_or_build_output() throws Exception {
        write("engine/src/main/A.java", "one");
        write("engine/src/test/ATest.java", "one");
        write("engine/target/A.class", "one");
        var first = fingerprint();

        write("engine/src/test/ATest.java", "two");
        write("engine/target/A.class", "two");
        write("engine/src/main/A.java", "one");
        assertThat(fingerprint()).isEqualTo(first);

        write("engine/src/main/A.java", "two");
        var changed = fingerprint();
        assertThat(changed).isNotEqualTo(first);

        Files.move(folder.resolve("engine/src/main/A.java"), folder.resolve("engine/src/main/B.java"));
        assertThat(fingerprint()).isNotIn(first, changed);
    }

    @Test
    void what_is_built_is_started_without_building_again_in_the_launchers_own_process() throws Exception {
        var java = jdk("jdk", "25.0.3", true).resolve("bin/java");
        Files.writeString(java, "#!/bin/bash\necho pid=$$ data=$RINGMASTER_DATA \"${@: -3}\"\n");
        Files.setPosixFilePermissions(java, fromString("rwxr-xr-x"));
        write("target/app/same/complete", "");
        write("target/lib/poms/x.jar", "");

        var ran = bash(
                """
                echo pid=$$
                root=%s
                sources_fingerprint() { echo same; }
                libraries_fingerprint() { echo poms; }
                mvn_here() { echo built; }
                main run --config a.conf
                """.formatted(folder), Map.of("JAVA_HOME", folder.resolve("jdk").toString()));

        var lines = ran.output().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isEqualTo(lines.get(0) + " data=" + folder + "/var run --config a.conf");
    }

    @Test
    void what_changed_is_built_once_although_two_start_at_the_same_time() throws Exception {
        jdk("jdk", "25.0.3", true);
        var ran = bash(
                """
                root=%s
                sources_fingerprint() { echo new; }
                libraries_fingerprint() { echo poms; }
                need_build_tools() { :; }
                need_node_modules() { :; }
                page_fingerprint() { echo page; }
                mvn_here() { sleep 0.2; mkdir -p $root/target/lib/poms; echo x >> $root/builds; }
                assemble() { mkdir -p $1; touch $1/complete; }
                main build & main build & wait
                cat $root/builds
                """.formatted(folder), Map.of("JAVA_HOME", folder.resolve("jdk").toString()));

        assertThat(ran.output().lines().filter("x"::equals)).hasSize(1);
        assertThat(ran.output().lines().filter("built."::equals)).hasSize(2);
    }

    @Test
    void a_build_that_fails_says_why_and_starts_nothing() throws Exception {
        jdk("jdk", "25.0.3", true);
        var ran = bash(
                """
                root=%s
                sources_fingerprint() { echo new; }
                libraries_fingerprint() { echo poms; }
                need_build_tools() { :; }
                need_node_modules() { :; }
                page_fingerprint() { echo page; }
                mvn_here() { echo the compiler says no; return 1; }
                main demo
                """.formatted(folder), Map.of("JAVA_HOME", folder.resolve("jdk").toString()));

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).contains("the compiler says no").contains("the build failed");
    }

    @Test
    void an_unknown_command_is_refused_with_the_list_of_commands() throws Exception {
        var ran = bash("main dance");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).contains("demo").contains("no command called dance");
    }

    @Test
    void a_module_goes_by_its_short_name() throws Exception {
        assertThat(bash("module_of media; module_of http-api; module_of engine/domain"))
                .isEqualTo(new Ran(0, "engine/media\nhttp-api\nengine/domain\n"));
        assertThat(bash("module_of kitchen").status()).isEqualTo(1);
    }

    private String fingerprint() throws Exception {
        return bash("root=%s; fingerprint engine".formatted(folder)).output();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path jdk(String name, String version, boolean compiler) throws IOException {
        var home = folder.resolve(name);
        write(name + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        write(name + "/bin/java", "");
        if (compiler) {
            write(name + "/bin/javac", "");
            Files.setPosixFilePermissions(home.resolve("bin/javac"), fromString("rwxr-xr-x"));
        }
        return home;
    }

    private record Ran(int status, String output) {}

    private static Ran bash(String script) throws Exception {
        return bash(script, Map.of());
    }

    private static Ran bash(String script, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder("bash", "-c", "source " + SCRIPT + "\n" + script).redirectErrorStream(true);
        builder.environment().remove("RINGMASTER_DATA");
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
