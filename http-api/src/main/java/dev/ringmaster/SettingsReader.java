package dev.ringmaster;

import dev.ringmaster.Settings.Cluster;
import dev.ringmaster.Settings.HostPort;
import dev.ringmaster.Settings.Media;
import dev.ringmaster.Settings.Role;
import dev.ringmaster.Settings.Speech;
import dev.ringmaster.Settings.Turn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the settings from the environment and a config file of `KEY=value` lines; the environment
/// wins. A key that is not known or a
/// value that cannot be used is refused with one sentence, before anything has started.
public final class SettingsReader {
    /// A setting that cannot be used; the message is for the operator.
    public static final class BadSetting extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadSetting(String sentence) {
            super(sentence);
        }
    }

    private static final String PREFIX = "RINGMASTER_";

    /// Every key with its default; an empty default means "none".
    static final Map<String, String> DEFAULTS = defaults();

    private static final Pattern SPEECH_SERVER = Pattern.compile("(funasr|vosk)\\+wss?://[^\\s/:]+:\\d{1,5}(/\\S*)?");
    private static final Pattern TTS_SERVER = Pattern.compile("openai\\+https?://[^\\s/:]+:\\d{1,5}(/\\S*)?");
    private static final Pattern TURN = Pattern.compile("turn:([^:@\\s]+):([^@\\s]+)@([^:@\\s]+):(\\d{1,5})");

    private final Map<String, String> values;

    private SettingsReader(Map<String, String> values) {
        this.values = values;
    }

    public static Settings read(Map<String, String> environment, Optional<Path> file) {
        var values = new LinkedHashMap<>(DEFAULTS);
        file.ifPresent(path -> values.putAll(fromFile(path)));
        environment.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(known(key, "the environment"), value.strip());
            }
        });
        return new SettingsReader(values).settings();
    }

    private static Map<String, String> fromFile(Path path) {
        var values = new LinkedHashMap<String, String>();
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (IOException e) {
            throw new BadSetting("The config file " + path + " cannot be read.");
        }
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var equals = line.indexOf('=');
            if (equals < 1) {
                throw new BadSetting(path + " line " + (i + 1) + ": a line reads KEY=value.");
            }
            values.put(
                    known(line.substring(0, equals).strip(), path + " line " + (i + 1)),
                    line.substring(equals + 1).strip());
        }
        return values;
    }

    private static String known(String key, String where) {
        if (!DEFAULTS.containsKey(key)) {
            throw new BadSetting("There is no setting " + key + " (found in " + where + "). Known are: "
                    + String.join(", ", DEFAULTS.keySet()) + ".");
        }
        return key;
    }

    private Settings settings() {
        var data = path("RINGMASTER_DATA").orElseThrow();
        var settings = new Settings(
                address("RINGMASTER_HTTP", 0),
                address("RINGMASTER_SIP", 1),
                media(),
                turn(),
                data,
                path("RINGMASTER_FILES").orElse(data),
                database(),
                cluster(),
                roles(),
                maxCalls(),
                text("RINGMASTER_DEMO_CARRIER")
                        .map(value ->
                                hostPort("RINGMASTER_DEMO_CARRIER", value, 1).toString()),
                new Speech(recogniser("RINGMASTER_ASR_ZH"), recogniser("RINGMASTER_ASR_EN"), synthesiser()),
                clock(),
                flag("RINGMASTER_TEST_LINES"),
                flag("RINGMASTER_TEST_RECORDING"));
        if (settings.cluster().isPresent() && settings.database().isEmpty()) {
            throw new BadSetting(
                    "RINGMASTER_CLUSTER needs RINGMASTER_DATABASE: the nodes of a cluster share one PostgreSQL.");
        }
        if (settings.cluster().isEmpty() && settings.roles().size() < Role.values().length) {
            throw new BadSetting(
                    "RINGMASTER_ROLES leaves out a role, so RINGMASTER_CLUSTER must name the nodes that have it.");
        }
        return settings;
    }

    private Optional<String> text(String key) {
        var value = values.getOrDefault(key, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /// An empty value means the default.
    private String orDefault(String key) {
        return text(key).orElse(DEFAULTS.getOrDefault(key, ""));
    }

    private Optional<Path> path(String key) {
        var value = orDefault(key);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(value).toAbsolutePath().normalize());
    }

    private InetSocketAddress address(String key, int lowestPort) {
        var hostPort = hostPort(key, orDefault(key), lowestPort);
        var address = new InetSocketAddress(hostPort.host(), hostPort.port());
        if (address.isUnresolved()) {
            throw new BadSetting(key + ": the host " + hostPort.host() + " is not known here.");
        }
        return address;
    }

    private static HostPort hostPort(String key, String value, int lowestPort) {
        var colon = value.lastIndexOf(':');
        if (colon < 1) {
            throw new BadSetting(key + " reads host:port, not \"" + value + "\".");
        }
        var host = value.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new BadSetting(key + ": an IPv6 address stands in brackets, [::1]:5060, not \"" + value + "\".");
        }
        return new HostPort(host, port(key, value.substring(colon + 1), lowestPort));
    }

    private static int port(String key, String value, int lowest) {
        try {
            var port = Integer.parseInt(value);
            if (port >= lowest && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new BadSetting(key + ": a port is a number from " + lowest + " to 65535, not \"" + value + "\".");
    }

    private Media media() {
        var key = "RINGMASTER_MEDIA";
        var value = orDefault(key);
        var dash = value.lastIndexOf('-');
        if (dash < 0) {
            throw new BadSetting(
                    key + " reads host:first-last, for example 127.0.0.1:20000-29999, not \"" + value + "\".");
        }
        var first = hostPort(key, value.substring(0, dash), 1);
        var last = port(key, value.substring(dash + 1), 1);
        if (last - first.port() < 2) {
            throw new BadSetting(key + ": the port range needs at least three ports, not \"" + value + "\".");
        }
        return new Media(first.host(), first.port(), last, text("RINGMASTER_MEDIA_PUBLIC"));
    }

    private Optional<Turn> turn() {
        return text("RINGMASTER_TURN").map(value -> {
            var match = TURN.matcher(value);
            if (!match.matches()) {
                throw new BadSetting("RINGMASTER_TURN reads turn:user:secret@host:port.");
            }
            return new Turn(match.group(1), match.group(2), match.group(3), port("RINGMASTER_TURN", match.group(4), 1));
        });
    }

    private Optional<String> database() {
        var value = text("RINGMASTER_DATABASE");
        if (value.isPresent() && !value.get().startsWith("jdbc:postgresql://")) {
            throw new BadSetting("RINGMASTER_DATABASE reads jdbc:postgresql://host/database?user=….");
        }
        return value;
    }

    private Optional<Cluster> cluster() {
        return text("RINGMASTER_CLUSTER").map(value -> {
            var nodes = new ArrayList<HostPort>();
            for (var node : value.split(",", -1)) {
                nodes.add(hostPort("RINGMASTER_CLUSTER", node.strip(), 1));
            }
            var self = nodes.getFirst();
            return new Cluster(self, nodes.size() == 1 ? List.of(self) : nodes.subList(1, nodes.size()));
        });
    }

    private Set<Role> roles() {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : orDefault("RINGMASTER_ROLES").split(",", -1)) {
            switch (name.strip()) {
                case "edge" -> roles.add(Role.EDGE);
                case "engine" -> roles.add(Role.ENGINE);
                case "api" -> roles.add(Role.API);
                default ->
                    throw new BadSetting("RINGMASTER_ROLES knows edge, engine and api, not \"" + name.strip() + "\".");
            }
        }
        return roles;
    }

    /// A port pair a leg, and there are not more.
    private static final int MOST_CALLS = 30_000;

    private int maxCalls() {
        var value = orDefault("RINGMASTER_MAX_CALLS");
        try {
            var calls = Integer.parseInt(value);
            if (calls >= 1 && calls <= MOST_CALLS) {
                return calls;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new BadSetting(
                "RINGMASTER_MAX_CALLS is a number of calls from 1 to " + MOST_CALLS + ", not \"" + value + "\".");
    }

    private Optional<String> recogniser(String key) {
        var value = text(key);
        if (value.isPresent()
                && value.get().contains("://")
                && !SPEECH_SERVER.matcher(value.get()).matches()) {
            throw new BadSetting(key + " reads a model folder, funasr+ws://host:port or vosk+ws://host:port, not \""
                    + value.get() + "\".");
        }
        return value;
    }

    private String synthesiser() {
        var value = orDefault("RINGMASTER_TTS");
        if (!value.equals("local") && !TTS_SERVER.matcher(value).matches()) {
            throw new BadSetting("RINGMASTER_TTS reads local or openai+http://host:port, not \"" + value + "\".");
        }
        return value;
    }

    private Optional<Instant> clock() {
        var value = orDefault("RINGMASTER_CLOCK").toLowerCase(Locale.ROOT);
        if (value.equals("system")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(value.toUpperCase(Locale.ROOT)));
        } catch (DateTimeParseException _) {
            throw new BadSetting(
                    "RINGMASTER_CLOCK reads system or an instant like 2026-03-02T01:00:00Z, not \"" + value + "\".");
        }
    }

    private boolean flag(String key) {
        return switch (orDefault(key)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new BadSetting(key + " reads on or off.");
        };
    }

    private static Map<String, String> defaults() {
        var defaults = new LinkedHashMap<String, String>();
        defaults.put("RINGMASTER_HTTP", "127.0.0.1:8080");
        defaults.put("RINGMASTER_SIP", "127.0.0.1:5060");
        defaults.put("RINGMASTER_MEDIA", "127.0.0.1:20000-29999");
        defaults.put("RINGMASTER_MEDIA_PUBLIC", "");
        defaults.put("RINGMASTER_TURN", "");
        defaults.put("RINGMASTER_DATA", "./var");
        defaults.put("RINGMASTER_FILES", "");
        defaults.put("RINGMASTER_DATABASE", "");
        defaults.put("RINGMASTER_CLUSTER", "");
        defaults.put("RINGMASTER_ROLES", "edge,engine,api");
        defaults.put("RINGMASTER_MAX_CALLS", "2000");
        defaults.put("RINGMASTER_DEMO_CARRIER", "");
        defaults.put("RINGMASTER_ASR_ZH", "");
        defaults.put("RINGMASTER_ASR_EN", "");
        defaults.put("RINGMASTER_TTS", "local");
        defaults.put("RINGMASTER_CLOCK", "system");
        defaults.put("RINGMASTER_TEST_LINES", "off");
        defaults.put("RINGMASTER_TEST_RECORDING", "on");
        return defaults;
    }
}
