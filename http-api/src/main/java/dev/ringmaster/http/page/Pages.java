package dev.ringmaster.http.page;

import dev.ringmaster.http.page.WebFiles.WebFile;
import dev.ringmaster.http.web.FrontDoor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// `/`, `/demo`, `/demo/calls` …: all the same page, which finds its way by the address;
/// `/assets/…` and `/sdk/…`: files.
public final class Pages implements FrontDoor.Elsewhere {
    /// Names of files change with their content, so a browser may keep them.
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final String ASK_AGAIN = "no-cache";
    private static final Pattern ADDRESS = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final WebFiles workbench = new WebFiles("web/workbench");
    private final WebFiles sdk = new WebFiles("web/sdk");

    @Override
    public HttpResponse page(HttpRequest request, List<String> path) {
        var whole = String.join("/", path);
        return switch (path.getFirst()) {
            case "sdk" -> file(request, sdk.find(whole.substring(Math.min(whole.length(), 4))), ASK_AGAIN);
            case "assets" -> file(request, workbench.find(whole), FOR_EVER);
            case "operator" -> sentence("The operator console is not part of this version.");
            default -> {
                var found = workbench.find(whole);
                yield found.isPresent() ? file(request, found, ASK_AGAIN) : app(request, path);
            }
        };
    }

    private HttpResponse app(HttpRequest request, List<String> path) {
        var first = path.getFirst();
        if (!first.isEmpty() && !ADDRESS.matcher(first).matches()) {
            return sentence("There is no page at this address.");
        }
        var index = workbench.find("index.html");
        return index.isPresent()
                ? file(request, index, ASK_AGAIN)
                : sentence("This node was built without its page: build the frontend, then http-api.");
    }

    private static HttpResponse file(HttpRequest request, Optional<WebFile> found, String caching) {
        if (found.isEmpty()) {
            return sentence("There is no such file.");
        }
        var file = found.get();
        var answer = HttpResponse.create()
                .addHeader(RawHeader.create("ETag", file.etag()))
                .addHeader(RawHeader.create("Cache-Control", caching))
                .addHeader(RawHeader.create("Vary", "Accept-Encoding"));
        if (header(request, "If-None-Match").contains(file.etag())) {
            return answer.withStatus(StatusCodes.NOT_MODIFIED);
        }
        return file.gzip().isPresent() && takesGzip(request)
                ? answer.addHeader(RawHeader.create("Content-Encoding", "gzip"))
                        .withEntity(HttpEntities.create(file.type(), file.gzip().get()))
                : answer.withEntity(HttpEntities.create(file.type(), file.bytes()));
    }

    private static boolean takesGzip(HttpRequest request) {
        var accepted = header(request, "Accept-Encoding").toLowerCase(Locale.ROOT);
        return accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }

    private static String header(HttpRequest request, String name) {
        return request.getHeader(name).map(header -> header.value()).orElse("");
    }

    private static HttpResponse sentence(String words) {
        var page = """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ringmaster</title></head>
                <body><h1>404</h1><p>%s</p><p><a href="/">Ringmaster</a></p></body></html>
                """.formatted(words);
        return HttpResponse.create()
                .withStatus(StatusCodes.NOT_FOUND)
                .withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, page))
                .addHeader(RawHeader.create("Cache-Control", ASK_AGAIN));
    }
}
