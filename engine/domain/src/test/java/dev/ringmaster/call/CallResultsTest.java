package dev.ringmaster.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.call.LegEnd.How;
import dev.ringmaster.spec.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec({"OBT-031", "OBT-032"})
class CallResultsTest {
    @ParameterizedTest(name = "SIP {0} Q.850 {1} is {2}")
    @CsvSource({
        "486,0,BUSY",
        "600,0,BUSY",
        "486,17,BUSY",
        "480,17,BUSY",
        "503,17,BUSY",
        "408,0,NO_ANSWER",
        "480,0,NO_ANSWER",
        "480,18,NO_ANSWER",
        "480,19,NO_ANSWER",
        "403,0,REJECTED",
        "603,0,REJECTED",
        "480,21,REJECTED",
        "480,20,OUT_OF_AREA",
        "480,27,SUSPENDED",
        "404,0,EMPTY_NUMBER",
        "410,0,EMPTY_NUMBER",
        "604,0,EMPTY_NUMBER",
        "480,1,EMPTY_NUMBER",
        "484,28,EMPTY_NUMBER",
        "500,0,CALL_LOSS",
        "502,0,CALL_LOSS",
        "503,0,CALL_LOSS",
        "504,0,CALL_LOSS",
        "580,0,CALL_LOSS",
        "480,34,CALL_LOSS",
        "480,38,CALL_LOSS",
        "480,41,CALL_LOSS",
        "480,42,CALL_LOSS",
        "404,16,EMPTY_NUMBER",
        "486,16,BUSY",
        "480,16,OTHER",
        "480,127,OTHER",
        "400,0,OTHER",
        "401,0,OTHER",
        "407,0,OTHER",
        "415,0,OTHER",
        "487,0,OTHER",
        "488,0,OTHER",
        "302,0,OTHER",
        "606,0,OTHER"
    })
    void a_refusal_of_our_invite(int sipStatus, int q850, CallResult expected) {
        assertThat(CallResults.of(new LegEnd(How.REFUSED, sipStatus, q850))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "REMOTE_HUNG_UP,SUCCESS",
        "RING_TIMEOUT,NO_ANSWER",
        "SIGNALLING_LOST,CALL_LOSS",
        "LOCALLY_REJECTED,CALL_LOSS",
        "EDGE_LOST,CALL_LOSS",
        "CLOSED,OTHER"
    })
    void an_end_without_a_refusal(How how, CallResult expected) {
        assertThat(CallResults.of(new LegEnd(how, 0, 0))).isEqualTo(expected);
    }

    @Test
    void every_end_has_exactly_one_result() {
        for (var how : How.values()) {
            for (var status = 0; status < 700; status++) {
                for (var q850 = 0; q850 < 128; q850++) {
                    assertThat(CallResults.of(new LegEnd(how, status, q850))).isNotEqualTo(CallResult.ABANDONED);
                }
            }
        }
    }
}
