package dev.ringmaster.telephony.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.Trunk;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Spec({"TEN-031", "TEN-036"})
class TrunkBookTest {
    private final TrunkBook book = new TrunkBook();

    private static Trunk trunk(String id, String peer, int cap, String... trusted) {
        return new Trunk(id, "i", id, peer, List.of(trusted), List.of("PCMA"), cap, "RFC4733", 1);
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.0/23, 10.1.3.255, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "127.0.0.0/8, 127.9.9.9, true",
        "0.0.0.0/0, 8.8.8.8, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "0.0.0.0/0, 2001:db8::1, false",
    })
    void a_block_contains_its_addresses(String block, String address, boolean expected) {
        assertThat(Cidr.parse(block).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.host", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "300.1.1.1", "1.2.3.4/8/8"})
    void what_is_no_block_trusts_nobody(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
        book.replace(List.of(trunk("a", "x:1", 1, text)));
        assertThat(book.trusts(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
    }

    @Test
    void a_request_belongs_to_the_exact_peer_then_to_the_narrowest_block() {
        book.replace(List.of(
                trunk("wide", "127.0.0.1:7000", 1, "127.0.0.0/8"),
                trunk("narrow", "127.0.0.1:8000", 1, "127.0.0.0/24"),
                trunk("also", "127.0.0.1:9000", 1, "127.0.0.0/8")));
        assertThat(book.bySource(at("127.0.0.1", 9_000)).orElseThrow().trunkId())
                .isEqualTo("also");
        assertThat(book.bySource(at("127.0.0.1", 1)).orElseThrow().trunkId()).isEqualTo("narrow");
        assertThat(book.bySource(at("127.7.0.1", 1)).orElseThrow().trunkId()).isEqualTo("also");
        assertThat(book.bySource(at("10.0.0.1", 1))).isEmpty();
    }

    @Test
    void places_are_taken_and_given_back() {
        var line = trunk("a", "x:1", 2, "10.0.0.0/8");
        book.replace(List.of(line));
        assertThat(book.take(line)).isTrue();
        assertThat(book.take(line)).isTrue();
        assertThat(book.take(line)).isFalse();
        book.give("a");
        assertThat(book.take(line)).isTrue();
        book.give("a");
        book.give("a");
        book.give("a");
        assertThat(book.take(line)).isTrue();
    }
}
