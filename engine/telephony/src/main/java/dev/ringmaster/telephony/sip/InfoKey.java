package dev.ringmaster.telephony.sip;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Request;

/// The key in an INFO request, in the two forms that carriers use: `application/dtmf-relay` (`Signal=5`) and
/// `application/dtmf` (`5`).
final class InfoKey {
    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*([0-9*#A-D]{1,2})\\s*$");
    private static final Pattern BARE = Pattern.compile("\\s*([0-9*#A-Da-d]{1,2})\\s*");

    private InfoKey() {}

    /// Whether the body is of a type that carries keys.
    static boolean isKeys(Request info) {
        return subtype(info).isPresent();
    }

    static Optional<String> of(Request info) {
        var body = Headers.body(info);
        return subtype(info)
                .flatMap(type -> {
                    var matcher = (type.equals("dtmf") ? BARE : SIGNAL).matcher(body);
                    var found = type.equals("dtmf") ? matcher.matches() : matcher.find();
                    return found ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
                })
                .flatMap(InfoKey::normal);
    }

    /// Some send 10 and 11 for `*` and `#`, the numbers of RFC 4733.
    private static Optional<String> normal(String key) {
        return switch (key) {
            case "10" -> Optional.of("*");
            case "11" -> Optional.of("#");
            default -> key.length() == 1 ? Optional.of(key) : Optional.empty();
        };
    }

    private static Optional<String> subtype(Request info) {
        return info.getHeader(ContentTypeHeader.NAME) instanceof ContentTypeHeader type
                        && type.getContentType().equalsIgnoreCase("application")
                ? Optional.of(type.getContentSubType().toLowerCase(Locale.ROOT))
                        .filter(sub -> sub.equals("dtmf-relay") || sub.equals("dtmf"))
                : Optional.empty();
    }
}
