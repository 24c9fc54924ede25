package dev.ringmaster;

import dev.ringmaster.media.SoundSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The prompt bank: `prompts/NAME.wav` in the folder that all nodes see, else the prompts that come with the product.
record PromptFiles(Path folder) implements SoundSource {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}(/[a-z0-9-]{1,60}){0,3}");
    private static final String BUILT_IN = "/cluster-config/demo/prompts/";

    @Override
    public Optional<byte[]> wav(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        var file = folder.resolve(name + ".wav");
        if (Files.isRegularFile(file)) {
            return Optional.of(Files.readAllBytes(file));
        }
        try (var in = PromptFiles.class.getResourceAsStream(BUILT_IN + name + ".wav")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }
}
