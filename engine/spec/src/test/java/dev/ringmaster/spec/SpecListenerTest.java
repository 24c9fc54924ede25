package dev.ringmaster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpecListenerTest {
    @Test
    void a_test_name_with_quotes_and_line_breaks_is_one_json_string() {
        assertThat(SpecListener.quoted("says \"no\"\n")).isEqualTo("\"says \\\"no\\\"\\u000a\"");
    }
}
