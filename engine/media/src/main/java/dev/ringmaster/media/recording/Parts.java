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
import java.util.regex.Pattern;

/// The names of parts in the folder of recordings: `<id>.<n>.wav.part` while written, `<id>.<n>.wav` when sealed.
final class Parts {
    private static final String OPEN = ".part";
    private static final Pattern NAME = Pattern.compile("(?<id>[A-Za-z0-9_-]+)\\.(?<number>\\d{1,6})\\.wav(\\.part)?");

    private Parts() {}

    static Path openName(Path folder, String recordingId, int number) {
        return folder.resolve(recordingId + "." + number + ".wav" + OPEN);
    }

    static Path sealedName(Path open) {
        var name = open.getFileName().toString();
        return open.resolveSibling(name.substring(0, name.length() - OPEN.length()));
    }

    /// The number after the last part of that recording in the folder.
    static int nextNumber(Path folder, String recordingId) throws IOException {
        int last = 0;
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, recordingId + ".*.wav*")) {
                for (var file : files) {
                    var name = NAME.matcher(file.getFileName().toString());
                    if (name.matches() && name.group("id").equals(recordingId)) {
                        last = Math.max(last, Integer.parseInt(name.group("number")));
                    }
                }
            }
        }
        return last + 1;
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
                    Duration.ZERO,
                    Duration.ofNanos(frames * 125_000),
                    Files.size(whole),
                    0));
        }
        return parts;
    }
}
