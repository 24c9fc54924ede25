package dev.ringmaster.telephony.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.media.Codec;
import dev.ringmaster.spec.Spec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Spec("SYS-007")
class SdpTest {
    private static final List<Codec> BOTH = List.of(Codec.PCMA, Codec.PCMU);
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 20_000);

    private static String sdp(String... media) {
        return "v=0\r\no=- 5 7 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + String.join("\r\n", media);
    }

    private static PeerAudio chosen(String... media) {
        return PeerAudio.choose(Sdp.parse(sdp(media)).orElseThrow(), BOTH).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "m=audio 6000 RTP/AVP 0, PCMU",
        "m=audio 6000 RTP/AVP 8, PCMA",
        "m=audio 6000 RTP/AVP 0 8, PCMA",
        "m=audio 6000 RTP/AVP 18 9 0, PCMU",
        "m=audio 6000/2 RTP/AVPF 0, PCMU",
    })
    void our_preference_chooses_the_codec(String media, Codec expected) {
        assertThat(chosen(media).codec()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio 6000 RTP/AVP 18",
                "m=audio 0 RTP/AVP 8",
                "m=audio 6000 RTP/SAVP 8",
                "m=video 6000 RTP/AVP 8",
                "m=audio 6000 RTP/AVP 8\r\nc=IN IP4 a.host.by.name",
                "m=image 6000 udptl t38",
            })
    void without_a_codec_an_address_and_a_port_nothing_is_chosen(String media) {
        assertThat(PeerAudio.choose(Sdp.parse(sdp(media)).orElseThrow(), BOTH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a=sendrecv, true, true",
        "a=sendonly, true, false",
        "a=recvonly, false, true",
        "a=inactive, false, false",
        "c=IN IP4 0.0.0.0, true, false",
        "a=ptime:30, true, true",
    })
    void hold_is_said_by_direction_or_by_the_old_address(String line, boolean sends, boolean receives) {
        var remote = chosen("m=audio 6000 RTP/AVP 8", line).remote();
        assertThat(remote.sends()).isEqualTo(sends);
        assertThat(remote.receives()).isEqualTo(receives);
    }

    @Test
    void a_direction_of_the_session_holds_where_the_section_has_none() {
        var text = sdp("m=audio 6000 RTP/AVP 8").replace("t=0 0", "t=0 0\r\na=inactive");
        assertThat(PeerAudio.choose(Sdp.parse(text).orElseThrow(), BOTH)
                        .orElseThrow()
                        .direction())
                .isEqualTo(Direction.INACTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "a=rtpmap:101 telephone-event/8000, 101",
        "a=rtpmap:96 TELEPHONE-EVENT/8000/1, 96",
        "a=rtpmap:101 telephone-event/48000, -1",
        "a=rtpmap:102 telephone-event/8000, -1",
        "a=rtpmap:5 telephone-event/8000, -1",
        "a=fmtp:101 0-15, -1",
    })
    void keys_come_under_the_peers_number(String line, int expected) {
        assertThat(chosen("m=audio 6000 RTP/AVP 8 101 96 5", line).telephoneEvent())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a=rtcp:7777, 7777", "a=rtcp:7777 IN IP4 192.0.2.1, 7777", "a=rtcp:99999, 6001", "a=x, 6001"})
    void rtcp_is_on_the_next_port_or_where_it_is_said(String line, int expected) {
        assertThat(chosen("m=audio 6000 RTP/AVP 8", line).rtcp().getPort()).isEqualTo(expected);
    }

    @Test
    void an_answer_has_as_many_sections_as_the_offer() {
        var offer = Sdp.parse(sdp(
                        "m=video 7000 RTP/AVP 96",
                        "a=rtpmap:96 H264/90000",
                        "m=audio 6000 RTP/AVP 0 8 97",
                        "a=rtpmap:97 telephone-event/8000",
                        "a=sendonly"))
                .orElseThrow();
        var answer = LocalAudio.begin(77)
                .answer(HERE, offer, PeerAudio.choose(offer, BOTH).orElseThrow());
        assertThat(answer).isEqualTo("""
                v=0
                o=ringmaster 77 1 IN IP4 192.0.2.9
                s=-
                c=IN IP4 192.0.2.9
                t=0 0
                m=video 0 RTP/AVP 96
                m=audio 20000 RTP/AVP 8 97
                a=rtpmap:8 PCMA/8000
                a=rtpmap:97 telephone-event/8000
                a=fmtp:97 0-15
                a=ptime:20
                a=recvonly
                """.replace("\n", "\r\n"));
    }

    @Test
    void the_version_grows_exactly_when_something_has_changed() {
        var local = LocalAudio.begin(77);
        assertThat(local.offer(HERE, BOTH)).contains("o=ringmaster 77 1 ");
        assertThat(local.offer(HERE, BOTH)).contains("o=ringmaster 77 1 ");
        assertThat(local.offer(new InetSocketAddress(HERE.getAddress(), 20_002), BOTH))
                .contains("o=ringmaster 77 2 ");
        assertThat(local.last()).contains("m=audio 20002 ");
    }

    @Test
    void another_edge_goes_on_after_the_last_version() {
        var first = LocalAudio.begin(77);
        first.offer(HERE, BOTH);
        var second = LocalAudio.after(first.last(), 99);
        assertThat(second.offer(new InetSocketAddress(HERE.getAddress(), 30_000), BOTH))
                .contains("o=ringmaster 77 2 ");
        assertThat(LocalAudio.after("nonsense", 99).offer(HERE, BOTH)).contains("o=ringmaster 99 1 ");
    }

    @Test
    void what_we_write_we_can_read() {
        var written = LocalAudio.begin(77).offer(HERE, BOTH);
        var read = PeerAudio.choose(Sdp.parse(written).orElseThrow(), BOTH).orElseThrow();
        assertThat(read.rtp()).isEqualTo(HERE);
        assertThat(read.telephoneEvent()).isEqualTo(LocalAudio.TELEPHONE_EVENT);
        assertThat(read.direction()).isEqualTo(Direction.SENDRECV);
    }

    @Test
    void an_ipv6_address_is_said_as_one() {
        var here = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 20_000);
        assertThat(LocalAudio.begin(1).offer(here, BOTH)).contains("c=IN IP6 2001:db8:0:0:0:0:0:1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=1\r\no=- 1 1 IN IP4 1.1.1.1\r\n",
                "v=0\r\ns=no origin\r\n",
                "v=0\r\no=- 1 1\r\n",
                "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nm=audio x RTP/AVP 0\r\n",
                "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nm=audio 70000 RTP/AVP 0\r\n",
                "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nm=audio 1 RTP/AVP\r\n",
                "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nc=IN IP4\r\n",
                "v=0\r\nnonsense\r\n",
            })
    void what_is_no_description_is_not_read(String text) {
        assertThat(Sdp.parse(text)).isEmpty();
    }

    @Test
    void a_flood_of_lines_or_sections_is_not_read() {
        assertThat(Sdp.parse(sdp("m=audio 6000 RTP/AVP 8\r\n") + "a=x\r\n".repeat(1_000)))
                .isEmpty();
        assertThat(Sdp.parse(sdp("m=audio 6000 RTP/AVP 8\r\n".repeat(50)))).isEmpty();
    }

    @Test
    void bare_line_feeds_are_read_too() {
        assertThat(Sdp.parse(sdp("m=audio 6000 RTP/AVP 8").replace("\r", ""))).isPresent();
    }
}
