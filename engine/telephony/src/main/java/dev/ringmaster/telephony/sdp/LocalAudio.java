package dev.ringmaster.telephony.sdp;

import dev.ringmaster.media.Codec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Our side of one leg's description. The version in `o=` grows exactly when something in it has changed (RFC 3264 §8),
/// so that a refresh that repeats the description is known as one.
public final class LocalAudio {
    /// What we offer for keys; in an answer it is the peer's number.
    public static final int TELEPHONE_EVENT = 101;

    private final String sessionId;
    private long version;
    private String lastBody = "";
    private String last = "";

    private LocalAudio(String sessionId, long version) {
        this.sessionId = sessionId;
        this.version = version;
    }

    /// A first description.
    ///
    /// @param sessionId digits, unlikely to come twice
    public static LocalAudio begin(long sessionId) {
        return new LocalAudio(Long.toString(sessionId & Long.MAX_VALUE), 0);
    }

    /// Goes on after the description that another edge sent last.
    public static LocalAudio after(String sdp, long otherwise) {
        return Sdp.parse(sdp)
                .filter(s -> s.origin().sessionId().matches("[0-9]{1,20}"))
                .filter(s -> s.origin().version().matches("[0-9]{1,15}"))
                .map(s -> new LocalAudio(
                        s.origin().sessionId(), Long.parseLong(s.origin().version())))
                .orElseGet(() -> begin(otherwise));
    }

    /// The description sent last, empty before the first.
    public String last() {
        return last;
    }

    public String offer(InetSocketAddress at, List<Codec> codecs) {
        return write(at, audio(at.getPort(), "RTP/AVP", codecs, TELEPHONE_EVENT, Direction.SENDRECV));
    }

    /// The answer to an offer from which `peer` was chosen: as many sections as the offer, the others refused by port
    /// 0.
    public String answer(InetSocketAddress at, Sdp offer, PeerAudio peer) {
        return write(
                at,
                IntStream.range(0, offer.media().size())
                        .mapToObj(index -> index == peer.index()
                                ? audio(
                                        at.getPort(),
                                        peer.protocol(),
                                        List.of(peer.codec()),
                                        peer.telephoneEvent(),
                                        peer.direction().reversed())
                                : refused(offer.media().get(index)))
                        .collect(Collectors.joining()));
    }

    private String write(InetSocketAddress at, String media) {
        var address = at.getAddress().getHostAddress();
        var family = at.getAddress() instanceof java.net.Inet6Address ? "IP6" : "IP4";
        var body = "s=-\r\nc=IN %s %s\r\nt=0 0\r\n%s".formatted(family, address, media);
        if (!body.equals(lastBody)) {
            version++;
            lastBody = body;
            last = "v=0\r\no=ringmaster %s %d IN %s %s\r\n%s".formatted(sessionId, version, family, address, body);
        }
        return last;
    }

    private static String audio(
            int port, String protocol, List<Codec> codecs, int telephoneEvent, Direction direction) {
        var keys = telephoneEvent < 0 ? Optional.<Integer>empty() : Optional.of(telephoneEvent);
        var text = new StringBuilder("m=audio %d %s".formatted(port, protocol));
        codecs.forEach(codec -> text.append(' ').append(codec.payloadType()));
        keys.ifPresent(type -> text.append(' ').append(type));
        text.append("\r\n");
        codecs.forEach(codec -> text.append("a=rtpmap:%d %s/8000\r\n".formatted(codec.payloadType(), codec)));
        keys.ifPresent(
                type -> text.append("a=rtpmap:%d telephone-event/8000\r\na=fmtp:%d 0-15\r\n".formatted(type, type)));
        return text.append("a=ptime:20\r\na=%s\r\n".formatted(direction.attribute()))
                .toString();
    }

    private static String refused(Sdp.Media media) {
        return "m=%s 0 %s %s\r\n".formatted(media.type(), media.protocol(), String.join(" ", media.formats()));
    }
}
