package dev.ringmaster.media.recording;

import dev.ringmaster.media.RecordingPart;
import dev.ringmaster.media.wav.WavHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// The names of parts in the folder of recordings, see [RecordingPart].
final class Parts {
    private static final String OPEN = ".part";
    private static final Pattern NAME =
            Pattern.compile("(?<id>[A-Za-z0-9_-]+)\\.(?<number>\\d{1,6})-(?<offset>\\d{1,12})-[0-9a-z]+\\.wav\\.part");

    private Parts() {}

    static Path openName(Path folder, String recordingId, int number, Duration offset) {
        var tag = Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
        return folder.resolve("%s.%d-%d-%s.wav%s".formatted(recordingId, number, offset.toMillis(), tag, OPEN));
    }

    static Path sealedName(Path open) {
        var name = open.getFileName().toString();
        return open.resolveSibling(name.substring(0, name.length() - OPEN.length()));
    }

    /// Seals every part that nobody writes any more.
    static List<RecordingPart> sealLeftBehind(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*.wav" + OPEN)) {
                files.forEach(found::add);
            }
        }
        found.sort(null);
        var parts = new ArrayList<RecordingPart>();
        for (var file : found) {
            var name = NAME.matcher(file.getFileName().toString());
            if (!name.matches()) {
                continue;
            }
            long frames = WavHeader.repair(file);
            var whole = sealedName(file);
            Files.move(file, whole, StandardCopyOption.ATOMIC_MOVE);
            parts.add(new RecordingPart(
                    name.group("id"),
                    Integer.parseInt(name.group("number")),
                    whole,
                    Duration.ofMillis(Long.parseLong(name.group("offset"))),
                    Duration.ofNanos(frames * 125_000),
                    Files.size(whole),
                    0));
        }
        return parts;
    }
}
