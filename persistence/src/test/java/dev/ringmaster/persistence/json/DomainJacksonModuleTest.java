package dev.ringmaster.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.Duty;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.LegFact;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.persistence.journal.Samples;
import dev.ringmaster.spec.Spec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The domain's words as messages between nodes.
@Spec("SYS-001")
class DomainJacksonModuleTest {
    /// As Pekko makes it for jackson-cbor.
    private final ObjectMapper cbor = CBORMapper.builder()
            .addModules(new ParameterNamesModule(), new Jdk8Module(), new JavaTimeModule(), new DomainJacksonModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    @TestFactory
    Stream<DynamicTest> every_case_survives_the_way_through_its_interface() {
        return Stream.of(
                        CallCommand.class,
                        CallEvent.class,
                        CallPlan.Signal.class,
                        CallPlan.Hears.class,
                        LegFact.class,
                        AgentCommand.class,
                        AgentToCall.class,
                        AgentToSeats.class,
                        CallToAgent.class,
                        CallToQueue.class,
                        Owed.class,
                        QueueToAgent.class,
                        QueueToCall.class,
                        IvrFlow.Node.class,
                        Duty.class)
                .flatMap(type -> SealedTypes.cases(type)
                        .map(c -> DynamicTest.dynamicTest(type.getSimpleName() + " " + c.getSimpleName(), () -> {
                            var word = Samples.of(c);
                            var bytes = cbor.writerFor(type).writeValueAsBytes(word);
                            assertThat(cbor.readerFor(type).<Object>readValue(bytes))
                                    .isEqualTo(word);
                            assertThat(Arrays.stream(c.getRecordComponents()))
                                    .as("`type` names the case")
                                    .noneMatch(component -> component.getName().equals("type"));
                        })));
    }

    @Test
    @Spec("SYS-012")
    void a_class_name_from_the_wire_is_nothing_but_a_wrong_word() {
        for (var name : new String[] {"java.util.ArrayList", "dev.ringmaster.call.CallPlan$Signal$Ring", ""}) {
            assertThatThrownBy(
                            () -> DomainJson.mapper().readValue("{\"type\":\"" + name + "\"}", CallPlan.Signal.class))
                    .isInstanceOf(com.fasterxml.jackson.databind.exc.InvalidTypeIdException.class);
        }
    }

    @Test
    void personal_values_are_plain_strings_between_nodes() throws Exception {
        assertThat(DomainJson.mapper().writeValueAsString(new Said("sealed:1:AA")))
                .isEqualTo("\"sealed:1:AA\"");
        assertThat(DomainJson.mapper().readValue("\"sealed:1:AA\"", Said.class)).isEqualTo(new Said("sealed:1:AA"));
    }
}
