package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The messages of RFC 4475, byte for byte, against one edge that must take a usual call after each of them.
///
/// Whoever calls here is a trusted line, and the engine that stands behind the edge knows no number: a 404 says that
/// the INVITE was read, understood and carried to the engine. Lines are authenticated by address and register nowhere,
/// so a REGISTER that can be read is refused with 405.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TortureTest {
    private final EdgeUnderTest edge = new EdgeUnderTest();
    private final String uri = "sip:4001000001@127.0.0.1:" + edge.port;

    TortureTest() {
        edge.desk.onArrival.set(leg -> edge.edge.refuse(leg.legId(), 404, "", 0));
    }

    @AfterAll
    void close() {
        edge.close();
    }

    /// One message of the RFC.
    ///
    /// @param file its name in the RFC's archive
    /// @param section where the RFC describes it
    /// @param answers the first lines that may come back, as regular expressions; empty: nothing may
    record Message(String section, String file, List<String> answers, String reason) {
        private static Message gets(String section, String file, String answer, String reason) {
            return new Message(section, file, List.of(answer), reason);
        }

        private static Message dropped(String section, String file, String reason) {
            return new Message(section, file, List.of(), reason);
        }

        @Override
        public String toString() {
            return section + " " + file + ": " + (answers.isEmpty() ? "no answer" : answers.getFirst()) + ", " + reason;
        }

        private byte[] bytes() {
            try (var in = TortureTest.class.getResourceAsStream("/torture/" + file + ".dat")) {
                return Objects.requireNonNull(in, file).readAllBytes();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    }

    private static Stream<Message> messages() {
        return Stream.concat(Stream.concat(valid(), broken()), understood());
    }

    private static Stream<Message> valid() {
        return Stream.of(
                Message.gets("3.1.1.1", "wsinv", "481 .*", "well-formed; its To tag names a dialog that nobody has"),
                Message.gets("3.1.1.2", "intmeth", "405 .*", "well-formed; a method that we do not take"),
                Message.gets("3.1.1.3", "esc01", "404 .*", "escapes in a URI are no errors"),
                Message.gets("3.1.1.4", "escnull", "405 Registration.*", "escaped zero bytes do not end a URI"),
                Message.gets("3.1.1.5", "esc02", "405 Method.*", "RE%47IST%45R is a method of its own, no REGISTER"),
                Message.gets("3.1.1.6", "lwsdisp", "200 OK", "no space is needed between a name and <"),
                Message.gets("3.1.1.7", "longreq", "404 .*", "long values are cut nowhere"),
                Message.gets("3.1.1.8", "dblreq", "405 Registration.*", "what follows the body in a datagram is noise"),
                Message.gets("3.1.1.9", "semiuri", "200 OK", "a semicolon in the user part is no parameter"),
                Message.gets("3.1.1.10", "transports", "200 OK", "transports of earlier hops are not our business"),
                Message.gets("3.1.1.11", "mpart01", "405 Method.*", "binary parts are read; MESSAGE is not taken"),
                Message.dropped("3.1.1.12", "unreason", "a well-formed response to nothing of ours"),
                Message.dropped("3.1.1.13", "noreason", "a response may lack its reason phrase"));
    }

    private static Stream<Message> broken() {
        return Stream.of(
                Message.gets("3.1.2.1", "badinv01", "400 .*", "separators without values in Via and Contact"),
                Message.gets("3.1.2.2", "clerr", "400 .*", "a datagram that is shorter than its Content-Length"),
                Message.gets("3.1.2.3", "ncl", "400 .*", "a negative Content-Length"),
                Message.gets("3.1.2.4", "scalar02", "400 .*", "a CSeq above 2^31"),
                Message.dropped("3.1.2.5", "scalarlg", "a response with a CSeq above 2^31"),
                Message.gets("3.1.2.6", "quotbal", "400 .*", "a quote that does not end"),
                Message.gets("3.1.2.7", "ltgtruri", "400 .*", "a Request-URI in brackets"),
                Message.gets("3.1.2.8", "lwsruri", "400 .*", "a space in the Request-URI"),
                Message.gets("3.1.2.9", "lwsstart", "400 .*", "two spaces in the first line"),
                Message.gets("3.1.2.10", "trws", "400 .*", "spaces after the first line"),
                Message.gets("3.1.2.11", "escruri", "400 .*", "headers in the Request-URI"),
                Message.gets("3.1.2.12", "baddate", "404 .*", "a Date that is not GMT matters to nobody here"),
                Message.gets("3.1.2.13", "regbadct", "400 .*", "a URI with headers and no brackets in Contact"),
                Message.gets("3.1.2.14", "badaspec", "200 OK", "spaces within the brackets of To may be forgiven"),
                Message.gets("3.1.2.15", "baddn", "200 OK", "the missing quotes of a name may be inferred"),
                Message.gets("3.1.2.16", "badvers", "505 .*", "a version that we do not speak"),
                Message.gets("3.1.2.17", "mismatch01", "400 .*", "CSeq names another method"),
                Message.gets("3.1.2.18", "mismatch02", "(400|405) .*", "CSeq names another method, both are unknown"),
                Message.dropped("3.1.2.19", "bigcode", "a response code of ten digits"));
    }

    private static Stream<Message> understood() {
        return Stream.of(
                Message.gets("3.2.1", "badbranch", "200 OK", "a branch with the magic cookie and nothing else"),
                Message.gets("3.3.1", "insuf", "400 .*", "no Call-ID, From and To"),
                Message.gets("3.3.2", "unkscm", "416 .*", "a Request-URI of a scheme that nobody knows"),
                Message.gets("3.3.3", "novelsc", "416 .*", "a Request-URI of a scheme that is not for calls"),
                Message.gets("3.3.4", "unksm2", "405 Registration.*", "unknown schemes in To and From are well-formed"),
                Message.gets("3.3.5", "bext01", "420 .*", "extensions that nobody supports"),
                Message.gets("3.3.6", "invut", "415 .*", "a body of a type that nobody knows"),
                Message.gets("3.3.7", "regaut01", "405 Registration.*", "an unknown way to authenticate"),
                Message.gets("3.3.8", "multi01", "400 .*", "two Call-ID, To, From, CSeq"),
                Message.gets("3.3.9", "mcl01", "400 .*", "two lengths: where the message ends is unknown"),
                Message.dropped("3.3.10", "bcast", "a response that pretends to answer a broadcast"),
                Message.gets("3.3.11", "zeromf", "200 OK", "no hop is left, and none is needed: it is for us"),
                Message.gets("3.3.12", "cparam01", "405 Registration.*", "an unknown parameter of Contact"),
                Message.gets("3.3.13", "cparam02", "405 Registration.*", "an unknown parameter of Contact's URI"),
                Message.gets("3.3.14", "regescrt", "405 Registration.*", "escaped headers in Contact's URI"),
                Message.gets("3.3.15", "sdp01", "406 .*", "a caller who takes no session description as an answer"),
                Message.gets("3.4.1", "inv2543", "400 .*", "RFC 2543: without Contact we could never hang up"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    @Spec({"SYS-007", "SYS-012"})
    void a_message_of_rfc_4475_gets_the_answer_that_it_asks_for(Message message) {
        try (var peer = TorturePeer.of(message.bytes(), edge.port)) {
            peer.send(message.bytes());
            var answer = peer.receive(message.answers().isEmpty() ? 300 : 3_000);
            if (message.answers().isEmpty()) {
                assertThat(answer).as(message.reason()).isEmpty();
            } else {
                assertThat(answer.map(TortureTest::status))
                        .as(message.reason())
                        .hasValueSatisfying(line ->
                                assertThat(line).matches(message.answers().getFirst()));
                assertThat(peer.receive(200).map(TortureTest::status))
                        .as("nothing else but a repetition")
                        .isIn(Optional.empty(), answer.map(TortureTest::status));
            }
        }
    }

    private static String status(String response) {
        return response.substring("SIP/2.0 ".length(), response.indexOf('\r'));
    }

    @AfterEach
    void the_edge_takes_a_usual_call() {
        try (var caller = new RawSip(edge.port)) {
            assertThat(caller.ask(caller.request("OPTIONS", uri, "Max-Forwards: 70", "")))
                    .startsWith("SIP/2.0 200");
            assertThat(caller.ask(caller.invite(uri, "", RawSip.sdp("m=audio 6000 RTP/AVP 8"))))
                    .startsWith("SIP/2.0 404");
        }
        assertThat(edge.count("faults")).isZero();
        Await.until(() -> edge.edge.legs() == 0);
        assertThat(edge.media.health().streams()).isZero();
    }
}
