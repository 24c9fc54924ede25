package dev.ringmaster.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.spec.Spec;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is seen at a glance is what the parser reads; what is not plain is left to it.
@Spec("SYS-009")
class FirstLookTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 6_123);

    private static final String INVITE = """
            INVITE sip:4001000001@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:6060;rport;branch=z9hG4bKa-1;x=y, SIP/2.0/UDP proxy.example:5070;branch=z9hG4bKb
            v: SIP/2.0/TCP first.example;branch=z9hG4bKc
            From: "A, B" <sip:a@example.com;x=1>;q=1;tag=from-1
            To: <sip:4001000001@127.0.0.1>
            Call-ID: call@example
            CSeq: 7 INVITE
            Max-Forwards: 70
            Contact: <sip:a@127.0.0.1:6060>
            Content-Length: 0

            """;

    private static byte[] bytes(String message) {
        return message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FirstLook at(byte[] bytes) {
        return FirstLook.at(bytes, 0, bytes.length);
    }

    private static @Nullable SIPRequest parsed(byte[] bytes) {
        return new WireParser().parseSIPMessage(bytes.clone(), true, false, null) instanceof SIPRequest request
                ? request
                : null;
    }

    private static String key(SIPRequest request) {
        return new Incoming(request, null, SOURCE, "udp", null).inviteKey();
    }

    @Test
    void a_new_call_is_known_by_what_the_parser_knows_it_by() {
        var look = at(bytes(INVITE));
        assertThat(look.isNewCall()).isTrue();
        assertThat(look.inviteKey())
                .isEqualTo("call@example|from-1|7")
                .isEqualTo(key(Objects.requireNonNull(parsed(bytes(INVITE)))));
    }

    @Test
    void a_refusal_is_the_one_that_the_stack_would_make() throws Exception {
        var look = at(bytes(INVITE));
        var packet = look.refusal(SOURCE, new Telephony.TooMuch("calls", 7), "mine");
        assertThat(packet.getSocketAddress()).isEqualTo(SOURCE);
        var refusal = (SIPResponse) new StringMsgParser().parseSIPMessage(packet.getData(), true, true, null);
        var request = Objects.requireNonNull(parsed(bytes(INVITE)));
        var theirs = request.createResponse(503);
        assertThat(refusal.getStatusCode()).isEqualTo(503);
        assertThat(refusal.getFrom()).isEqualTo(theirs.getFrom());
        assertThat(refusal.getToTag()).isEqualTo("mine");
        assertThat(refusal.getTo().getAddress()).isEqualTo(theirs.getTo().getAddress());
        assertThat(refusal.getCallId()).isEqualTo(theirs.getCallId());
        assertThat(refusal.getCSeq()).isEqualTo(theirs.getCSeq());
        assertThat(refusal.getHeader("Retry-After").toString()).startsWith("Retry-After: 7");
        assertThat(refusal.getTopmostVia().getRPort()).isEqualTo(6_123);
        assertThat(refusal.getTopmostVia().getReceived()).isEqualTo("127.0.0.9");
        var vias = refusal.getViaHeaders().stream().map(via -> via.getBranch()).toList();
        assertThat(vias).containsExactly("z9hG4bKa-1", "z9hG4bKb", "z9hG4bKc");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:6060;rport, 6123",
        "127.0.0.1:6060, 6060",
        "phone.example, 5060",
        "[::1]:6070, 6070",
        "127.0.0.1:99999, 6123"
    })
    void a_refusal_goes_back_as_the_via_says(String via, int port) {
        var text = INVITE.replaceFirst("127\\.0\\.0\\.1:6060;rport", via.replace("$", "\\$"));
        var packet = at(bytes(text)).refusal(SOURCE, new Telephony.TooMuch("calls", 5), "mine");
        assertThat(packet.getSocketAddress()).isEqualTo(new InetSocketAddress(SOURCE.getAddress(), port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: <sip:4001000001@127.0.0.1>|To: <sip:4001000001@127.0.0.1>;tag=ours",
                "To: <sip:4001000001@127.0.0.1>|To: <sip:4001000001@127.0.0.1>; TAG = ours",
                "CSeq: 7 INVITE|CSeq: 7\n INVITE",
                "CSeq: 7 INVITE|CSeq: seven INVITE",
                "Call-ID: call@example|Call-ID: call@example\nCall-ID: other",
                "branch=z9hG4bKa-1|branch=old",
                ";rport|;maddr=10.0.0.1",
                "Via: SIP/2.0/UDP|Via: SIP/2.0/SCTP",
                "Content-Length: 0\n\n|Content-Length: 0\n",
                "INVITE sip|OPTIONS sip",
                "INVITE sip|INVITES sip"
            })
    void what_is_unusual_is_no_new_call_here(String change) {
        var parts = change.split("\\|", 2);
        assertThat(INVITE).contains(parts[0]);
        assertThat(at(bytes(INVITE.replace(parts[0], parts[1]))).isNewCall()).isFalse();
    }

    @Test
    void tags_name_the_dialog_from_either_side() {
        var ack = INVITE.replace("INVITE sip", "ACK sip")
                .replace("To: <sip:4001000001@127.0.0.1>", "t: x <sip:a@b>;tag=ours");
        assertThat(at(bytes(ack)).isAck()).isTrue();
        assertThat(at(bytes(ack)).localTag()).isEqualTo("ours");
        var ok = INVITE.replaceFirst("INVITE .* SIP/2.0", "SIP/2.0 200 OK");
        assertThat(at(bytes(ok)).isResponse()).isTrue();
        assertThat(at(bytes(ok)).localTag()).isEqualTo("from-1");
    }

    /// Seeded: the messages of RFC 4475 and the one above, each changed a thousand times.
    @Test
    void it_never_sees_a_new_call_where_the_parser_sees_none() throws Exception {
        var random = new Random(11);
        var seen = 0;
        for (var original : corpus()) {
            for (int i = 0; i < 1_000; i++) {
                var bytes = i == 0 ? original : changed(original, random);
                var look = at(bytes);
                if (!look.isNewCall()) {
                    look.localTag();
                    continue;
                }
                assertThat(look.refusal(SOURCE, new Telephony.TooMuch("calls", 5), "mine")
                                .getLength())
                        .isPositive();
                var request = parsed(bytes);
                if (request != null
                        && request instanceof ReceivedRequest received
                        && received.fault().isEmpty()) {
                    seen++;
                    assertThat(request.getMethod()).isEqualTo("INVITE");
                    assertThat(request.getToTag()).isNull();
                    assertThat(look.inviteKey())
                            .as(new String(bytes, StandardCharsets.ISO_8859_1))
                            .isEqualTo(key(request));
                }
            }
        }
        assertThat(seen).isGreaterThan(100);
    }

    private static List<byte[]> corpus() throws IOException, URISyntaxException {
        var all = new ArrayList<byte[]>();
        all.add(bytes(INVITE));
        var folder = Path.of(Objects.requireNonNull(FirstLookTest.class.getResource("/torture"))
                .toURI());
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static byte[] changed(byte[] original, Random random) {
        var bytes = original.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt(256));
        }
        return bytes;
    }
}
