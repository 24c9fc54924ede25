package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPMessage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.address.Address;
import javax.sip.address.URI;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.message.Message;

/// Reads and writes single headers; what we write ourselves cannot fail to parse, so a failure is a bug.
final class Headers {
    static final HeaderFactoryImpl FACTORY = new HeaderFactoryImpl();
    static final AddressFactoryImpl ADDRESSES = new AddressFactoryImpl();
    static final MessageFactoryImpl MESSAGES = new MessageFactoryImpl();

    static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK";
    static final String SUPPORTED = "timer, 100rel";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Headers() {}

    interface Making<T> {
        T make() throws Exception;
    }

    static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new IllegalArgumentException("a header of our own is not well-formed", e);
        }
    }

    static Header header(String name, String value) {
        return made(() -> FACTORY.createHeader(name, value));
    }

    static void set(Message message, String name, String value) {
        message.setHeader(header(name, value));
    }

    static void add(Message message, String name, String value) {
        made(() -> {
            message.addLast(header(name, value));
            return true;
        });
    }

    /// Which requests we take. One header with the whole list: the stack sees only its text.
    static void allow(Message message) {
        message.setHeader(made(() -> FACTORY.createAllowHeader(ALLOW)));
    }

    static void supported(Message message) {
        message.setHeader(made(() -> FACTORY.createSupportedHeader(SUPPORTED)));
    }

    static void body(Message message, String type, String subtype, String text) {
        made(() -> {
            message.setContent(text.getBytes(StandardCharsets.UTF_8), FACTORY.createContentTypeHeader(type, subtype));
            return true;
        });
    }

    static String body(Message message) {
        var raw = message.getRawContent();
        return raw == null ? "" : new String(raw, StandardCharsets.UTF_8);
    }

    static boolean isSdp(Message message) {
        return message.getHeader(ContentTypeHeader.NAME) instanceof ContentTypeHeader type
                && type.getContentType().equalsIgnoreCase("application")
                && type.getContentSubType().equalsIgnoreCase("sdp");
    }

    /// The session description of a message, if it carries one.
    static Optional<String> sdp(Message message) {
        var text = body(message);
        return text.isBlank() || !isSdp(message) ? Optional.empty() : Optional.of(text);
    }

    static Address address(String text) {
        return made(() -> ADDRESSES.createAddress(text));
    }

    static URI uri(String text) {
        return made(() -> ADDRESSES.createURI(text));
    }

    /// 64 bits that nobody can guess: tags, branches.
    static String token() {
        var bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static long number() {
        return RANDOM.nextLong(1, 1L << 48);
    }

    static double fraction() {
        return RANDOM.nextDouble();
    }

    /// The text after `Name:` of the first header of that name.
    static Optional<String> value(Message message, String name) {
        return message.getHeader(name) instanceof SIPHeader header ? Optional.of(valueOf(header)) : Optional.empty();
    }

    private static String valueOf(SIPHeader header) {
        var line = header.encode().strip();
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /// The values of all headers of that name (and of its short form), in order; a list in one line is taken as one
    /// value.
    static List<String> values(Message message, String name) {
        var found = new ArrayList<String>();
        var headers = ((SIPMessage) message).getHeaders(name);
        while (headers.hasNext()) {
            found.add(valueOf(headers.next()));
        }
        return found;
    }

    /// The option tags or methods that headers of that name list.
    static List<String> tokens(Message message, String name) {
        return values(message, name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    static boolean lists(Message message, String name, String token) {
        return tokens(message, name).stream().anyMatch(token::equalsIgnoreCase);
    }

    /// `cause=` of a Reason header of Q.850 (RFC 3326), 0 if there is none.
    static int q850(Message message) {
        return values(message, "Reason").stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("q.850"))
                .map(value -> parameter(value, "cause"))
                .flatMap(Optional::stream)
                .filter(value -> value.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    /// A `;name=value` of a header's value.
    static Optional<String> parameter(String value, String name) {
        return List.of(value.split("[;,]", -1)).stream()
                .map(String::strip)
                .filter(part -> part.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(part -> part.substring(name.length() + 1).strip().replace("\"", ""))
                .findFirst();
    }

    /// A header that starts with a number of seconds (Session-Expires, Min-SE), also in its short form.
    static Optional<Integer> seconds(Message message, String name, String shortForm) {
        return value(message, name)
                .or(() -> value(message, shortForm))
                .map(value -> value.split("[;\\s]", 2)[0])
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Integer::parseInt);
    }
}
