package dev.ringmaster.persistence.journal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/// A sealed value as it stands in an event: `sealed:‹key id›:‹base64url›`; nothing after the second colon when the
/// key was dropped before it was written.
record SealedText(long keyId, Optional<byte[]> content) {
    private static final Pattern SHAPE = Pattern.compile("sealed:([0-9]{1,18}):([A-Za-z0-9_-]*)");

    static String of(long keyId, Optional<byte[]> content) {
        return "sealed:" + keyId + ":"
                + content.map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
                        .orElse("");
    }

    static Optional<SealedText> parse(String text) {
        var matcher = SHAPE.matcher(text);
        if (!text.startsWith("sealed:") || !matcher.matches()) {
            return Optional.empty();
        }
        var content = matcher.group(2);
        return Optional.of(new SealedText(
                Long.parseLong(matcher.group(1)),
                content.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Base64.getUrlDecoder().decode(content))));
    }

    /// The keys that a written event will need.
    static Collection<Long> keyIds(String json) {
        var ids = new ArrayList<Long>();
        if (!json.contains("sealed:")) {
            return ids; // most events; a search of the text is much cheaper than the pattern
        }
        var matcher = SHAPE.matcher(json);
        while (matcher.find()) {
            ids.add(Long.parseLong(matcher.group(1)));
        }
        return ids;
    }
}
