package dev.ringmaster.telephony.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A session description (RFC 8866), as far as telephones and browsers use it: what is not understood is skipped, what
/// cannot be is refused as a whole.
///
/// @param connection address of the session's `c=`, empty when it has none
/// @param attributes `a=` lines of the session, without `a=`
public record Sdp(Origin origin, String connection, List<String> attributes, List<Media> media) {
    /// More than any peer has reason to send; a larger one costs parsing time to an attacker's liking.
    private static final int MAX_LINES = 600;

    private static final int MAX_MEDIA = 16;

    public Sdp {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /// `o=`: who describes, and which version of the description it is.
    public record Origin(String user, String sessionId, String version, String address) {}

    /// One `m=` section.
    ///
    /// @param connection address of its own `c=`, else the session's
    /// @param formats payload types as they stand in the line
    public record Media(
            String type, int port, String protocol, List<String> formats, String connection, List<String> attributes) {
        public Media {
            formats = List.copyOf(formats);
            attributes = List.copyOf(attributes);
        }

        /// The value of the first `a=name:value`.
        public Optional<String> attribute(String name) {
            return Sdp.attribute(attributes, name);
        }

        public boolean has(String flag) {
            return attributes.contains(flag);
        }
    }

    public Optional<String> attribute(String name) {
        return attribute(attributes, name);
    }

    /// A media attribute, or the session's where the media section has none.
    public Optional<String> attribute(Media of, String name) {
        return of.attribute(name).or(() -> attribute(name));
    }

    private static Optional<String> attribute(List<String> attributes, String name) {
        var prefix = name + ":";
        return attributes.stream()
                .filter(a -> a.startsWith(prefix))
                .map(a -> a.substring(prefix.length()).trim())
                .findFirst();
    }

    /// Reads a whole description.
    ///
    /// @return empty when it is not a session description
    public static Optional<Sdp> parse(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || lines.size() > MAX_LINES || !lines.getFirst().startsWith("v=0")) {
            return Optional.empty();
        }
        return new Reader().read(lines);
    }

    /// Reads line by line; `m=` opens a section to which everything after it belongs.
    private static final class Reader {
        private Optional<Origin> origin = Optional.empty();
        private String connection = "";
        private final List<String> attributes = new ArrayList<>();
        private final List<Section> sections = new ArrayList<>();

        private static final class Section {
            private final Media head;
            private String connection = "";
            private final List<String> attributes = new ArrayList<>();

            private Section(Media head) {
                this.head = head;
            }
        }

        private Optional<Sdp> read(List<String> lines) {
            for (var line : lines) {
                if (line.length() < 2 || line.charAt(1) != '=') {
                    return Optional.empty();
                }
                if (!line(line.charAt(0), line.substring(2).trim())) {
                    return Optional.empty();
                }
            }
            return origin.map(from -> new Sdp(
                    from,
                    connection,
                    attributes,
                    sections.stream()
                            .map(s -> new Media(
                                    s.head.type,
                                    s.head.port,
                                    s.head.protocol,
                                    s.head.formats,
                                    s.connection.isEmpty() ? connection : s.connection,
                                    s.attributes))
                            .toList()));
        }

        private boolean line(char type, String value) {
            return switch (type) {
                case 'o' -> origin(value);
                case 'c' -> connection(value);
                case 'a' -> attribute(value);
                case 'm' -> media(value);
                default -> true;
            };
        }

        private boolean origin(String value) {
            var parts = value.split("\\s+", -1);
            if (parts.length < 6) {
                return false;
            }
            origin = Optional.of(new Origin(parts[0], parts[1], parts[2], parts[5]));
            return true;
        }

        private boolean connection(String value) {
            var parts = value.split("\\s+", -1);
            if (parts.length != 3 || !parts[0].equalsIgnoreCase("IN")) {
                return false;
            }
            var slash = parts[2].indexOf('/'); // a multicast TTL: not ours to use, not a reason to fail
            var address = slash < 0 ? parts[2] : parts[2].substring(0, slash);
            if (sections.isEmpty()) {
                connection = address;
            } else {
                sections.getLast().connection = address;
            }
            return true;
        }

        private boolean attribute(String value) {
            (sections.isEmpty() ? attributes : sections.getLast().attributes).add(value);
            return true;
        }

        private boolean media(String value) {
            var parts = value.split("\\s+", -1);
            if (parts.length < 4 || sections.size() == MAX_MEDIA) {
                return false;
            }
            var slash = parts[1].indexOf('/');
            try {
                var port = Integer.parseInt(slash < 0 ? parts[1] : parts[1].substring(0, slash));
                if (port < 0 || port > 65_535) {
                    return false;
                }
                var formats = List.of(parts).subList(3, parts.length);
                sections.add(new Section(new Media(parts[0], port, parts[2], formats, "", List.of())));
                return true;
            } catch (NumberFormatException _) {
                return false;
            }
        }
    }
}
