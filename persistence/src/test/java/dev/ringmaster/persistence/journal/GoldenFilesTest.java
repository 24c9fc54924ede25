package dev.ringmaster.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.persistence.json.DomainJson;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every shape of event that was ever written can still be read. A golden file is never changed or deleted; a new
/// event or a new version gets its file by running this test once with `-Dringmaster.golden=write`.
@Spec("SYS-004")
class GoldenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final ObjectMapper JSON = DomainJson.mapper();

    /// Values in clear: sealing has its own tests.
    private static final EventCodec CODEC = new EventCodec(_ -> value -> value, text -> text);

    @TestFactory
    Stream<DynamicTest> every_event_has_a_golden_file_that_tells_it_whole() {
        return events().map(entry -> DynamicTest.dynamicTest(entry.manifest(), () -> {
            var file = file(entry.manifest());
            if (!Files.exists(file) && "write".equals(System.getProperty("ringmaster.golden"))) {
                write(file, Samples.of(entry.type()));
            }
            assertThat(file).exists();
            var golden = Files.readAllBytes(file);
            var event = CODEC.read(entry.manifest(), golden);
            assertThat(event).isInstanceOf(entry.type());
            // What once was written is still there under its name: a renamed or dropped field would be lost here.
            var written = JSON.readTree(CODEC.write("call|any", event));
            assertContains(written, JSON.readTree(golden), entry.manifest());
        }));
    }

    @TestFactory
    Stream<DynamicTest> every_golden_file_can_be_read() throws IOException {
        List<Path> files;
        try (var walk = Files.walk(FOLDER)) {
            files = walk.filter(f -> f.toString().endsWith(".json")).toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        manifest(file),
                        () -> assertThat(CODEC.read(manifest(file), Files.readAllBytes(file)))
                                .isNotNull()));
    }

    @Test
    void no_version_of_an_event_is_without_its_file() {
        events().forEach(entry -> {
            var dot = entry.manifest().lastIndexOf(".v");
            var version = Integer.parseInt(entry.manifest().substring(dot + 2));
            for (int older = 1; older < version; older++) {
                assertThat(file(entry.manifest().substring(0, dot) + ".v" + older))
                        .exists();
            }
        });
    }

    private static Stream<Catalogue.Entry> events() {
        return Catalogue.all().stream().filter(entry -> !entry.manifest().contains(".State.v"));
    }

    private static void assertContains(JsonNode whole, JsonNode part, String at) {
        if (part.isObject()) {
            part.properties().forEach(field -> {
                assertThat(whole.has(field.getKey()))
                        .as(at + "/" + field.getKey())
                        .isTrue();
                assertContains(whole.get(field.getKey()), field.getValue(), at + "/" + field.getKey());
            });
        } else if (part.isArray()) {
            assertThat(whole).as(at).hasSameSizeAs(part);
            for (int i = 0; i < part.size(); i++) {
                assertContains(whole.get(i), part.get(i), at + "/" + i);
            }
        } else {
            assertThat(whole).as(at).isEqualTo(part);
        }
    }

    private static void write(Path file, Object event) throws IOException {
        Files.createDirectories(file.getParent());
        var tree = JSON.readTree(CODEC.write("call|any", event));
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
    }

    private static Path file(String manifest) {
        var dot = manifest.indexOf('.');
        return FOLDER.resolve(manifest.substring(0, dot)).resolve(manifest.substring(dot + 1) + ".json");
    }

    private static String manifest(Path file) {
        var name = file.getFileName().toString();
        return FOLDER.relativize(file).getName(0) + "." + name.substring(0, name.length() - ".json".length());
    }
}
