package dev.ringmaster.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.port.Telephony;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.telephony.base.Counters;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Spec("SYS-009")
class DoorTest {
    private static final InetSocketAddress CARRIER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 5_060);
    private static final InetSocketAddress STRANGER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), 5_060);

    private final Set<String> dialogs = new HashSet<>();
    private final Set<String> invites = new HashSet<>();
    private Optional<Telephony.TooMuch> tooMuch = Optional.empty();
    private final List<String> answers = new ArrayList<>();
    private final Counters counters = new Counters();
    private final Door door = new Door(
            new Door.House() {
                @Override
                public boolean trusts(InetAddress source) {
                    return source.equals(CARRIER.getAddress());
                }

                @Override
                public boolean hasDialog(String localTag) {
                    return dialogs.contains(localTag);
                }

                @Override
                public boolean hasInvite(String inviteKey) {
                    return invites.contains(inviteKey);
                }

                @Override
                public Optional<Telephony.TooMuch> refuses() {
                    return tooMuch;
                }
            },
            counters);

    DoorTest() {
        door.answersBy(refusal -> answers.add(text(refusal)));
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    private static String message(String firstLine, String call, String toTag) {
        var method = firstLine.startsWith("SIP/") ? "INVITE" : firstLine.substring(0, firstLine.indexOf(' '));
        return """
                %s
                Via: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK%s
                From: <sip:a@b>;tag=f%s
                To: <sip:c@d>%s
                Call-ID: %s
                CSeq: 1 %s

                """.formatted(
                        firstLine,
                        call,
                        call,
                        toTag.isEmpty() ? "" : ";tag=" + toTag,
                        call,
                        method.equals("CANCEL") ? "CANCEL" : method)
                .replace("\n", "\r\n");
    }

    private static String invite(String call) {
        return message("INVITE sip:c@d SIP/2.0", call, "");
    }

    private void comes(String message, InetSocketAddress from) {
        var bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        door.offer(new DatagramQueuedMessageDispatch(new DatagramPacket(bytes, bytes.length, from), 0));
    }

    private String next() throws InterruptedException {
        var text = text(door.take().packet);
        return text.substring(0, text.indexOf(' ')) + " "
                + text.lines()
                        .filter(line -> line.startsWith("Call-ID"))
                        .findFirst()
                        .orElseThrow()
                        .substring(9);
    }

    private void full() {
        tooMuch = Optional.of(new Telephony.TooMuch("engineBehind", 7));
    }

    @Test
    void calls_that_run_come_before_new_ones_and_strangers_last() throws Exception {
        dialogs.add("ours");
        dialogs.add("fdialled");
        comes(invite("stranger"), STRANGER);
        comes(invite("first"), CARRIER);
        comes(invite("second"), CARRIER);
        comes(message("SIP/2.0 200 OK", "unknown", ""), CARRIER);
        comes(message("BYE sip:c@d SIP/2.0", "talking", "ours"), CARRIER);
        comes(message("BYE sip:c@d SIP/2.0", "moved", "ours"), STRANGER);
        comes(message("SIP/2.0 200 OK", "dialled", ""), STRANGER);
        comes(message("OPTIONS sip:c@d SIP/2.0", "well?", ""), CARRIER);
        assertThat(door.newCalls()).isEqualTo(2);
        assertThat(List.of(next(), next(), next(), next(), next(), next(), next(), next()))
                .containsExactly(
                        "BYE talking",
                        "BYE moved",
                        "SIP/2.0 dialled",
                        "OPTIONS well?",
                        "INVITE first",
                        "INVITE second",
                        "INVITE stranger",
                        "SIP/2.0 unknown");
        assertThat(door.newCalls()).isZero();
    }

    @Test
    void a_copy_of_an_invite_that_waits_is_dropped_and_later_it_is_the_parsers() throws Exception {
        comes(invite("a"), CARRIER);
        comes(invite("a"), CARRIER);
        assertThat(door).hasSize(1);
        assertThat(next()).isEqualTo("INVITE a");
        full();
        comes(invite("a"), CARRIER);
        assertThat(next()).isEqualTo("INVITE a");
        invites.add("old|fold|1");
        comes(invite("old"), CARRIER);
        assertThat(next()).isEqualTo("INVITE old");
        assertThat(answers).isEmpty();
    }

    @Test
    void a_cancel_stays_behind_its_invite() throws Exception {
        comes(invite("a"), CARRIER);
        comes(message("CANCEL sip:c@d SIP/2.0", "a", ""), CARRIER);
        assertThat(List.of(next(), next())).containsExactly("INVITE a", "CANCEL a");
        comes(invite("b"), CARRIER);
        assertThat(next()).isEqualTo("INVITE b");
        comes(invite("c"), CARRIER);
        comes(message("CANCEL sip:c@d SIP/2.0", "b", ""), CARRIER);
        assertThat(List.of(next(), next())).containsExactly("CANCEL b", "INVITE c");
    }

    @Test
    void for_whom_there_is_no_room_is_refused_here_and_his_ack_is_expected() {
        full();
        comes(invite("a"), CARRIER);
        tooMuch = Optional.empty();
        comes(invite("a"), CARRIER); // he has turned to somebody else already
        assertThat(door).isEmpty();
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst())
                .startsWith("SIP/2.0 503 ")
                .contains("Retry-After: 7\r\n")
                .isEqualTo(answers.getLast());
        var tag = answers.getFirst().replaceAll("(?s).*\r\nTo: [^\r]*;tag=([^\r]*)\r.*", "$1");
        comes(message("ACK sip:c@d SIP/2.0", "a", tag), CARRIER);
        assertThat(door).isEmpty();
        comes(message("ACK sip:c@d SIP/2.0", "b", "another"), CARRIER);
        assertThat(door).hasSize(1);
        assertThat(counters.snapshot()).containsEntry("sip_refused_503", 1L);
        assertThat(counters.snapshot()).containsEntry("sip_retransmissions_in", 1L);
    }

    @Test
    void strangers_are_not_answered_here_and_take_little_room() {
        full();
        for (int i = 0; i < 500; i++) {
            comes(invite("s" + i), STRANGER);
        }
        comes("what\r\n", STRANGER);
        comes("", STRANGER);
        assertThat(door).hasSize(200);
        assertThat(answers).isEmpty();
        assertThat(counters.snapshot()).containsEntry("sip_dropped_strangers", 302L);
    }
}
