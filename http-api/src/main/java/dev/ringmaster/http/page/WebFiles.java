package dev.ringmaster.http.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.util.ByteString;

/// Files of the page and the SDK on the class path, read once each and kept, text also compressed.
final class WebFiles {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("ts", "text/plain; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("wav", "audio/wav"));

    private final String root;
    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    /// @param root folder on the class path
    WebFiles(String root) {
        this.root = root;
    }

    /// One file as it is sent; `gzip` is empty when compressing would not make it smaller.
    static final class WebFile {
        private final ContentType type;
        private final ByteString bytes;
        private final Optional<ByteString> gzip;
        private final String etag;

        WebFile(String type, byte[] bytes, Optional<byte[]> gzip, String etag) {
            this.type = ContentTypes.parse(type);
            this.bytes = ByteString.fromArray(bytes);
            this.gzip = gzip.map(ByteString::fromArray);
            this.etag = etag;
        }

        ContentType type() {
            return type;
        }

        ByteString bytes() {
            return bytes;
        }

        Optional<ByteString> gzip() {
            return gzip;
        }

        String etag() {
            return etag;
        }
    }

    /// Only existing files are kept, so asking for nonsense fills nothing.
    Optional<WebFile> find(String path) {
        if (path.length() > 200 || !SAFE.matcher(path).matches()) {
            return Optional.empty();
        }
        var known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        var read = read(path);
        read.ifPresent(file -> files.put(path, file));
        return read;
    }

    private Optional<WebFile> read(String path) {
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (var in = WebFiles.class.getClassLoader().getResourceAsStream(root + "/" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            var bytes = in.readAllBytes();
            var compressible = type.startsWith("text/") || type.contains("json") || type.contains("svg");
            return Optional.of(new WebFile(type, bytes, compressible ? gzip(bytes) : Optional.empty(), etag(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size() < bytes.length ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    private static String etag(byte[] bytes) {
        try {
            return "\""
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
