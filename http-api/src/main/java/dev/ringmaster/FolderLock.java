package dev.ringmaster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// `ringmaster.pid` in the data folder: says which process is the node, and keeps a second one out as long as it lives.
final class FolderLock implements AutoCloseable {
    static final String FILE = "ringmaster.pid";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws SettingsReader.BadSetting when another node runs in this folder
    static FolderLock take(Path data) throws IOException {
        Files.createDirectories(data);
        var channel = FileChannel.open(data.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw taken(data);
            }
        } catch (OverlappingFileLockException _) {
            channel.close();
            throw taken(data);
        } catch (SettingsReader.BadSetting e) {
            channel.close();
            throw e;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
        return new FolderLock(channel);
    }

    /// Whether a node runs in this folder now.
    static boolean held(Path data) throws IOException {
        var file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException _) {
            return true; // by this process
        }
    }

    private static SettingsReader.BadSetting taken(Path data) {
        return new SettingsReader.BadSetting(
                "Another node runs in " + data + "; give this one its own folder with RINGMASTER_DATA.");
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.truncate(0);
            channel.close();
        }
    }
}
