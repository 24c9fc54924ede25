package dev.ringmaster.telephony.sip;

import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.ParserFactory;
import gov.nist.javax.sip.parser.RequestLineParser;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// JAIN-SIP's parser with a guard. Left alone the stack answers broken requests by itself, to strangers too, with their
/// own text and with the names of its objects; or it says nothing. Here a broken request stays a request: what cannot
/// be read is replaced, its fault is remembered, and it takes the way of all others to its answer.
final class WireParser extends StringMsgParser {
    /// Named in the stack's properties.
    public static final class Factory implements MessageParserFactory {
        @Override
        public MessageParser createMessageParser(SIPTransactionStack stack) {
            return new WireParser();
        }
    }

    private static final Pattern REQUEST_LINE =
            Pattern.compile("([0-9A-Za-z.!%*_+`'~-]{1,64}) ([^ \\t<>\"]+) SIP/2\\.0");
    private static final Pattern OTHER_VERSION = Pattern.compile("\\S+ \\S+ SIP/(?!2\\.0)[0-9]{1,3}\\.[0-9]{1,3}");
    private static final Pattern URI_WITH_HEADERS = Pattern.compile("(?i)sips?:(?:[^@]*+@)?+[^?]*\\?.*");
    private static final Pattern VIA = Pattern.compile("SIP/[0-9.]+/(UDP|TCP|TLS)[ \\t]+([0-9A-Za-z.:\\[\\]-]+)");
    private static final Pattern BRANCH = Pattern.compile(";[ \\t]*branch=([0-9A-Za-z.!%*_+`'~-]+)");

    /// Of which a request has one; two of them say two things.
    private static final Set<String> ONCE =
            Set.of("call-id", "cseq", "from", "to", "max-forwards", "content-length", "content-type");

    /// Without which a request cannot be carried out.
    private static final Set<String> NEEDED =
            Set.of("contact", "content-type", "record-route", "require", "route", "max-forwards");

    private static final Set<String> BARE_ADDRESS = Set.of("contact", "from", "to");

    private static final Map<String, String> LONG_NAMES = Map.of(
            "i",
            "call-id",
            "f",
            "from",
            "t",
            "to",
            "l",
            "content-length",
            "c",
            "content-type",
            "m",
            "contact",
            "v",
            "via");

    private final Set<String> seen = new HashSet<>();

    /// @return null when it is to be dropped: noise, or a request that cannot even be refused
    @Override
    public @Nullable SIPMessage parseSIPMessage(
            byte[] text, boolean readBody, boolean strict, @Nullable ParseExceptionListener channel) {
        seen.clear();
        try {
            var message = super.parseSIPMessage(text, false, strict, channel);
            if (message == null || (readBody && !body(message, text))) {
                return null;
            }
            return message instanceof ReceivedRequest request && !complete(request) ? null : message;
        } catch (ParseException | RuntimeException _) {
            return null;
        }
    }

    /// Of a datagram: its rest, or as much of it as the message claims (RFC 3261 §18.3).
    private static boolean body(SIPMessage message, byte[] text) throws ParseException {
        var from = Math.min(message.getSize(), text.length);
        var claimed = message.getContentLength();
        var length = claimed == null ? text.length - from : claimed.getContentLength();
        if (length > text.length - from) {
            if (!(message instanceof ReceivedRequest request)) {
                return false;
            }
            request.broken(Response.BAD_REQUEST, "Shorter Than Its Content-Length");
        } else if (length > 0) {
            message.setMessageContent(Arrays.copyOfRange(text, from, from + length));
        }
        return true;
    }

    @Override
    protected SIPMessage processFirstLine(String line, @Nullable ParseExceptionListener channel, byte[] text)
            throws ParseException {
        if (line.startsWith("SIP/")) {
            return super.processFirstLine(line, channel, text);
        }
        var request = new ReceivedRequest();
        var good = REQUEST_LINE.matcher(line);
        var next = text[firstLineEnd(line, text)];
        if (OTHER_VERSION.matcher(line).matches()) {
            request.broken(Response.VERSION_NOT_SUPPORTED, "");
        } else if (!good.matches() || (next != '\r' && next != '\n')) {
            request.broken(Response.BAD_REQUEST, "Malformed Request-Line");
        } else if (URI_WITH_HEADERS.matcher(good.group(2)).matches()) {
            request.broken(Response.BAD_REQUEST, "Headers In Request-URI");
        }
        request.setRequestLine(requestLine(line, request));
        return request;
    }

    /// Where the line ends in the bytes; leading line ends are skipped by the parser.
    private static int firstLineEnd(String line, byte[] text) {
        var start = 0;
        while (text[start] < ' ') {
            start++;
        }
        return Math.min(start + line.getBytes(StandardCharsets.UTF_8).length, text.length - 1);
    }

    /// Of a broken line only the method is kept.
    private static RequestLine requestLine(String line, ReceivedRequest request) throws ParseException {
        if (request.fault().isEmpty()) {
            try {
                return new RequestLineParser(line + "\n").parse();
            } catch (ParseException _) {
                request.broken(Response.BAD_REQUEST, "Malformed Request-Line");
            }
        }
        return new RequestLineParser(line.strip().split("\\s", 2)[0] + " sip:unreadable.invalid SIP/2.0\n").parse();
    }

    @Override
    protected void processHeader(
            String header, SIPMessage message, @Nullable ParseExceptionListener channel, byte[] text)
            throws ParseException {
        if (!(message instanceof ReceivedRequest request)) {
            super.processHeader(header, message, channel, text);
            return;
        }
        var written = header.split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
        var name = LONG_NAMES.getOrDefault(written, written);
        if (ONCE.contains(name) && !seen.add(name)) {
            request.broken(Response.BAD_REQUEST, "More Than One Of A Header");
            return;
        }
        try {
            if (BARE_ADDRESS.contains(name) && header.indexOf('<') < 0 && header.indexOf('?') >= 0) {
                throw new ParseException("a URI with headers needs brackets", 0); // RFC 3261 §20
            }
            request.attachHeader(ParserFactory.createParser(header + "\n").parse(), false);
        } catch (ParseException | RuntimeException _) {
            unreadable(name, header, request);
        }
    }

    private static void unreadable(String name, String header, ReceivedRequest request) throws ParseException {
        switch (name) {
            case "via" -> {
                request.broken(Response.BAD_REQUEST, "Malformed Via");
                if (request.getTopmostVia() == null) {
                    readableVia(header).ifPresent(via -> attach(request, via));
                }
            }
            case "from", "to", "call-id", "cseq", "content-length" ->
                request.broken(Response.BAD_REQUEST, "Malformed " + name);
            default -> {
                if (NEEDED.contains(name)) {
                    request.broken(Response.BAD_REQUEST, "Malformed " + name);
                }
                request.addUnparsed(header);
            }
        }
    }

    private static Optional<String> readableVia(String header) {
        var via = VIA.matcher(header);
        if (!via.find()) {
            return Optional.empty();
        }
        var branch = BRANCH.matcher(header);
        return Optional.of("Via: SIP/2.0/" + via.group(1) + " " + via.group(2)
                + (branch.find() ? ";branch=" + branch.group(1) : ""));
    }

    private static void attach(SIPRequest request, String line) {
        Headers.made(() -> {
            request.attachHeader(ParserFactory.createParser(line + "\n").parse(), false);
            return true;
        });
    }

    /// Whether the request can be answered at all: it says where to. What else an answer repeats is filled in.
    private static boolean complete(ReceivedRequest request) throws ParseException {
        if (request.getTopmostVia() == null || request.getTopmostVia().getPort() > 65_535) {
            return false;
        }
        if (request.getCallId() == null) {
            request.broken(Response.BAD_REQUEST, "No Call-ID");
            attach(request, "Call-ID: unreadable");
        }
        for (var party : List.of("From", "To")) {
            if ((party.equals("From") ? request.getFrom() : request.getTo()) == null) {
                request.broken(Response.BAD_REQUEST, "No " + party);
                attach(request, party + ": <sip:unreadable.invalid>");
            }
        }
        if (request.getCSeq() == null) {
            request.broken(Response.BAD_REQUEST, "No CSeq");
            attach(request, "CSeq: 0 " + request.getMethod());
        } else if (!request.getCSeq().getMethod().equals(request.getMethod())) {
            request.broken(Response.BAD_REQUEST, "CSeq Of Another Method");
            request.getCSeq().setMethod(request.getMethod());
        }
        return !request.getMethod().equals(Request.ACK) || request.fault().isEmpty();
    }
}
