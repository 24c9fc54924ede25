package dev.ringmaster.telephony.sdp;

import dev.ringmaster.media.Codec;
import dev.ringmaster.media.Remote;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// The sound that a telephone peer's description offers or accepts: the first G.711 section that we can use.
///
/// @param index which `m=` section it is
/// @param protocol of that section, repeated in an answer
/// @param codec the one we choose
/// @param telephoneEvent its payload type for keys (RFC 4733), or -1
/// @param onHold it wants no sound from us, said by direction or by the old address 0.0.0.0
public record PeerAudio(
        int index,
        String protocol,
        InetSocketAddress rtp,
        InetSocketAddress rtcp,
        Codec codec,
        int telephoneEvent,
        Direction direction,
        boolean onHold) {

    /// Looks for the first section that we can use.
    ///
    /// @param preference codecs we take, the best first
    /// @return empty when nothing in it can be used: 488
    public static Optional<PeerAudio> choose(Sdp sdp, List<Codec> preference) {
        for (var index = 0; index < sdp.media().size(); index++) {
            var found = section(sdp, index, preference);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<PeerAudio> section(Sdp sdp, int index, List<Codec> preference) {
        var media = sdp.media().get(index);
        var usable = media.type().equals("audio")
                && media.port() > 0
                && (media.protocol().equals("RTP/AVP") || media.protocol().equals("RTP/AVPF"));
        var codec = preference.stream().filter(c -> offers(media, c)).findFirst();
        var address = literal(media.connection());
        if (!usable || codec.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        var nowhere = address.get().isAnyLocalAddress(); // RFC 2543's hold
        var said = Direction.among(media.attributes(), Direction.among(sdp.attributes(), Direction.SENDRECV));
        var direction = nowhere ? Direction.of(said.sends(), false) : said;
        var rtp = new InetSocketAddress(address.get(), media.port());
        return Optional.of(new PeerAudio(
                index,
                media.protocol(),
                rtp,
                rtcp(media, address.get()),
                codec.get(),
                telephoneEvent(media),
                direction,
                !direction.receives()));
    }

    public Remote remote() {
        return new Remote(rtp, rtcp, codec, telephoneEvent, direction.sends(), direction.receives());
    }

    private static boolean offers(Sdp.Media media, Codec codec) {
        return media.formats().contains(String.valueOf(codec.payloadType()));
    }

    /// Literals only: a name would make us wait for DNS, and nobody sends one.
    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// `a=rtcp:port [IN IP4 address]` (RFC 3605), else the next port.
    private static InetSocketAddress rtcp(Sdp.Media media, InetAddress address) {
        var next = Math.min(65_535, media.port() + 1);
        var port = media.attribute("rtcp")
                .map(value -> value.split(" ", 2)[0])
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .filter(value -> value > 0 && value <= 65_535)
                .orElse(next);
        return new InetSocketAddress(address, port);
    }

    /// The payload type under which a section offers telephone-event/8000, or -1.
    public static int telephoneEvent(Sdp.Media media) {
        return media.attributes().stream()
                .filter(a -> a.regionMatches(true, 0, "rtpmap:", 0, 7))
                .map(a -> a.substring(7).trim().split("\\s+", 2))
                .filter(map -> map.length == 2
                        && map[1].toLowerCase(java.util.Locale.ROOT).startsWith("telephone-event/8000"))
                .map(map -> map[0])
                .filter(type -> media.formats().contains(type) && type.matches("[0-9]{2,3}"))
                .map(Integer::parseInt)
                .filter(type -> type >= 96 && type <= 127)
                .findFirst()
                .orElse(-1);
    }
}
