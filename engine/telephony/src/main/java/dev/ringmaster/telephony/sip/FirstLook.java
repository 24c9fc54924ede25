package dev.ringmaster.telephony.sip;

import dev.ringmaster.port.Telephony;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What can be seen of a datagram in a few microseconds, a hundredth of what parsing takes: enough to tell a new call
/// from what belongs to a running one, and to refuse it. Whatever is unusual in it is left to the parser.
final class FirstLook {
    private static final Pattern TAG = Pattern.compile("(?i);[ \\t]*tag[ \\t]*=[ \\t]*([0-9A-Za-z.!%*_+`'~-]+)");
    private static final Pattern PARAMETERS =
            Pattern.compile("(?:[ \\t]*+;[ \\t]*+[0-9A-Za-z.!%*_+`'~-]++(?:=[0-9A-Za-z.!%*_+`'~:-]++)?+)*+[ \\t]*+");
    private static final Pattern PLAIN = Pattern.compile("[!-~]+");
    private static final Pattern CSEQ = Pattern.compile("([0-9]{1,10})[ \\t]+[A-Z]+");
    private static final Pattern VIA = Pattern.compile(
            "SIP/2\\.0/UDP[ \\t]+([0-9A-Za-z.-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?[ \\t]*(;[^\",]*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BRANCH =
            Pattern.compile("(?i);[ \\t]*branch[ \\t]*=[ \\t]*(z9hG4bK[0-9A-Za-z.!%*_+`'~-]+)");
    private static final Pattern RPORT = Pattern.compile("(?i);[ \\t]*rport[ \\t]*(?=;|$)");

    private final String firstLine;
    private final List<String> vias = new ArrayList<>();
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String callId;
    private @Nullable String cseq;
    private boolean usual = true;

    private FirstLook(String text) {
        int end = text.indexOf("\r\n");
        firstLine = end < 0 ? "" : text.substring(0, end);
        for (int at = end + 2; end >= 0 && usual; at = end + 2) {
            end = text.indexOf("\r\n", at);
            if (end == at) {
                return;
            }
            if (end > at) {
                header(text.substring(at, end));
            }
        }
        usual = false; // there is no end of the headers
    }

    static FirstLook at(byte[] bytes, int from, int length) {
        return new FirstLook(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }

    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || line.charAt(0) <= ' ') { // continues the line before
            usual = false;
            return;
        }
        var value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
            case "via", "v" -> vias.add(value);
            case "from", "f" -> from = once(from, value);
            case "to", "t" -> to = once(to, value);
            case "call-id", "i" -> callId = once(callId, value);
            case "cseq" -> cseq = once(cseq, value);
            default -> {}
        }
    }

    private String once(@Nullable String before, String value) {
        usual &= before == null;
        return value;
    }

    boolean isResponse() {
        return firstLine.startsWith("SIP/2.0 ");
    }

    private boolean is(String method) {
        return firstLine.startsWith(method) && firstLine.endsWith(" SIP/2.0");
    }

    boolean isAck() {
        return is("ACK ");
    }

    boolean isCancel() {
        return is("CANCEL ");
    }

    /// The tag by which this side knows the dialog: of a request in To, of a response in From. Empty
    /// when there is none.
    String localTag() {
        return tag(isResponse() ? from : to);
    }

    /// Whether it is an INVITE that would become a new call and can be refused by [#refusal].
    boolean isNewCall() {
        return usual
                && is("INVITE ")
                && from != null
                && from.indexOf('<') >= 0
                && PARAMETERS.matcher(parameters(from)).matches()
                && callId != null
                && to != null
                && !to.toLowerCase(Locale.ROOT).contains("tag") // it may be a running one
                && !inviteKey().isEmpty()
                && BRANCH.matcher(topParameters()).find()
                && !topParameters().contains("maddr");
    }

    /// What [Incoming#inviteKey] says of it once it is parsed; empty when that cannot be seen.
    String inviteKey() {
        var number = CSEQ.matcher(cseq == null ? "" : cseq);
        return usual && callId != null && PLAIN.matcher(callId).matches() && number.matches()
                ? callId + "|" + tag(from) + "|" + Long.parseLong(number.group(1))
                : "";
    }

    /// By which copies of it are known.
    String transaction() {
        var branch = BRANCH.matcher(topParameters());
        return (branch.find() ? branch.group(1) : "") + "|" + inviteKey();
    }

    /// Of the Via that the answer is sent by.
    private String topParameters() {
        var via = VIA.matcher(vias.isEmpty() ? "" : vias.getFirst());
        return via.lookingAt() ? via.group(3) : "";
    }

    /// Of the header, not of the URI in it.
    private static String parameters(String party) {
        int from = party.indexOf('<') < 0 ? party.indexOf(';') : party.lastIndexOf('>') + 1;
        return from < 0 ? "" : party.substring(from);
    }

    private static String tag(@Nullable String party) {
        var tag = TAG.matcher(party == null ? "" : parameters(party));
        return tag.find() ? tag.group(1) : "";
    }

    /// The 503 to it: what RFC 3261 §8.2.6.2 has an answer repeat, sent to where §18.2.2 and RFC 3581 say. Only when
    /// [#isNewCall].
    DatagramPacket refusal(InetSocketAddress source, Telephony.TooMuch why, String localTag) {
        var via = VIA.matcher(vias.getFirst());
        if (!via.lookingAt()) {
            throw new IllegalStateException("no new call");
        }
        var host = source.getAddress().getHostAddress();
        var port = Optional.ofNullable(via.group(2)).map(Integer::parseInt).orElse(5060);
        var parameters = via.group(3);
        var asked = RPORT.matcher(parameters);
        var back = new InetSocketAddress(source.getAddress(), port > 0 && port < 65_536 ? port : source.getPort());
        if (asked.find()) {
            parameters = asked.replaceFirst(";rport=" + source.getPort());
            back = source;
        }
        var answer = new StringBuilder(512).append("SIP/2.0 503 Service Unavailable\r\n");
        var top = vias.getFirst();
        answer.append("Via: ")
                .append(top, 0, via.start(3))
                .append(parameters)
                .append(";received=")
                .append(host)
                .append(top, via.end(3), top.length())
                .append("\r\n");
        vias.stream()
                .skip(1)
                .forEach(further -> answer.append("Via: ").append(further).append("\r\n"));
        answer.append("From: ")
                .append(from)
                .append("\r\nTo: ")
                .append(to)
                .append(";tag=")
                .append(localTag);
        answer.append("\r\nCall-ID: ").append(callId).append("\r\nCSeq: ").append(cseq);
        answer.append("\r\nRetry-After: ").append(why.retryAfterS()).append("\r\nContent-Length: 0\r\n\r\n");
        var bytes = answer.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new DatagramPacket(bytes, bytes.length, back);
    }
}
