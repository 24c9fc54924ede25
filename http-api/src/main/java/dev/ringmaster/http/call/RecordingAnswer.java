package dev.ringmaster.http.call;

import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.recording.PlayableRecording;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.StreamConverters;

/// A recording as a browser's player wants it: whole, or one range of bytes (RFC 9110 §14);
/// several ranges at once get the whole file.
final class RecordingAnswer {
    private static final ContentType WAV = ContentTypes.parse("audio/wav");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private RecordingAnswer() {}

    /// Bytes from `first` to `last`, both included.
    record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    static HttpResponse of(PlayableRecording recording, Optional<String> rangeHeader) {
        var length = recording.length();
        var range = rangeHeader.flatMap(header -> range(header, length));
        var part = range.orElse(new Range(0, length - 1));
        var bytes = StreamConverters.fromInputStream(() -> new FirstBytes(recording.from(part.first()), part.length()));
        var response = HttpResponse.create()
                .withStatus(range.isPresent() ? StatusCodes.PARTIAL_CONTENT : StatusCodes.OK)
                .withEntity(HttpEntities.create(WAV, part.length(), bytes))
                .addHeader(RawHeader.create("Accept-Ranges", "bytes"))
                .addHeader(RawHeader.create("Cache-Control", "private, no-store"))
                .addHeader(RawHeader.create("Content-Disposition", "inline; filename=\"recording.wav\""));
        return range.isEmpty()
                ? response
                : response.addHeader(
                        RawHeader.create("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length));
    }

    /// Empty: answer with the whole file.
    ///
    /// @throws Problem 416 when no byte of the file is meant
    static Optional<Range> range(String header, long length) {
        var match = RANGE.matcher(header.strip());
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return Optional.empty();
        }
        var from = match.group(1);
        var to = match.group(2);
        if (from.isEmpty()) {
            var last = Math.min(Long.parseLong(to), length);
            if (last == 0) {
                throw unsatisfiable(length);
            }
            return Optional.of(new Range(length - last, length - 1));
        }
        var first = Long.parseLong(from);
        var last = to.isEmpty() ? length - 1 : Math.min(Long.parseLong(to), length - 1);
        if (first >= length) {
            throw unsatisfiable(length);
        }
        return last < first ? Optional.empty() : Optional.of(new Range(first, last));
    }

    private static Problem unsatisfiable(long length) {
        return Problem.of(416, "RangeNotSatisfiable", "The recording has " + length + " bytes.");
    }

    /// The first so many bytes of a stream.
    private static final class FirstBytes extends InputStream {
        private final InputStream source;
        private long left;

        FirstBytes(InputStream source, long length) {
            this.source = source;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            var read = source.read();
            left -= read < 0 ? left : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            var read = source.read(into, offset, (int) Math.min(length, left));
            left -= read < 0 ? left : read;
            return read;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
