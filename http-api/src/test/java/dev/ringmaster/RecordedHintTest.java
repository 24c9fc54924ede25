package dev.ringmaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A caller who leaves the menu again: the record is there, and the administrator's browser hears of it without asking.
class RecordedHintTest {
    private static final int MAX_PACKET = 8_000;

    @Test
    @Spec({"REP-014", "HOT-019"})
    void the_browser_is_told_when_a_record_can_be_read() throws IOException {
        var browser = Browser.hello(RunningNode.token("admin@demo.example"), Map.of("listenOnly", true));
        browser.next("snapshot");
        var number = "1380" + System.nanoTime() % 10_000_000;

        callAndLeave(number);

        var hint = browser.next("recorded");
        var record = RunningNode.get(
                        "/api/v1/calls/" + hint.path("callId").asText(), RunningNode.token("admin@demo.example"))
                .json();
        assertThat(record.path("from").asText()).isEqualTo(number);
        assertThat(record.path("endedBy").asText()).isEqualTo("CALLER");
        assertThat(record.path("result").asText()).isEqualTo("ABANDONED");
        assertThat(record.at("/phases/0/kind").asText()).isEqualTo("ivr");
        var journal = RunningNode.get(
                        "/api/v1/calls/" + hint.path("callId").asText() + "/journal",
                        RunningNode.token("admin@demo.example"))
                .json();
        assertThat(journal.findValuesAsText("event")).contains("CallArrived", "CallEnded");
        browser.close();
    }

    /// INVITE, 200, ACK, BYE: the least that a telephone says (RFC 3261 §13, §15).
    private static void callAndLeave(String number) throws IOException {
        var node = RunningNode.node().settings().sip();
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(15_000);
            var here = "127.0.0.1:" + socket.getLocalPort();
            var id = UUID.randomUUID().toString();
            var sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                    + RunningNode.freePort() + " RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";
            say(socket, node, request("INVITE", "1", here, number, id, "", sdp));
            var answer = hear(socket, "SIP/2.0 200");
            var tag = find(answer, "(?im)^To:.*;tag=([^;\\r\\n]+)");
            say(socket, node, request("ACK", "1", here, number, id, ";tag=" + tag, ""));
            say(socket, node, request("BYE", "2", here, number, id, ";tag=" + tag, ""));
            hear(socket, "SIP/2.0 200");
        }
    }

    private static String request(
            String method, String cseq, String here, String number, String id, String toTag, String body) {
        return method + " sip:4001000001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + id + cseq
                + method + ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:" + number + "@" + here
                + ">;tag=a\r\nTo: <sip:4001000001@127.0.0.1>" + toTag + "\r\nCall-ID: " + id + "\r\nCSeq: " + cseq + " "
                + method
                + "\r\nContact: <sip:" + number + "@" + here + ">\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static void say(DatagramSocket socket, InetSocketAddress node, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, node));
    }

    private static String hear(DatagramSocket socket, String beginning) throws IOException {
        while (true) {
            var packet = new DatagramPacket(new byte[MAX_PACKET], MAX_PACKET);
            socket.receive(packet);
            var text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (text.startsWith(beginning)) {
                return text;
            }
        }
    }

    private static String find(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
