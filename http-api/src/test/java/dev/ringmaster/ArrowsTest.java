package dev.ringmaster;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.text.DateFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What Maven cannot refuse: the arrows inside a module, and the clock, chance and place that only the outside knows.
class ArrowsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.ringmaster");

    /// `Main` and what stands beside it in the root package: the only composition root. The simulated carrier is a
    /// process of its own with its own.
    private static final DescribedPredicate<JavaClass> COMPOSITION_ROOT = resideInAnyPackage("dev.ringmaster")
            .and(module("http-api"))
            .or(name("dev.ringmaster.carrier.Carrier"))
            .as("Main");

    private static final DescribedPredicate<JavaClass> PURE_JDK = resideInAnyPackage(
                    "java.lang..",
                    "java.math..",
                    "java.text..",
                    "java.time..",
                    "java.util",
                    "java.util.function..",
                    "java.util.stream..",
                    "java.util.regex..",
                    "org.jspecify..")
            .and(not(assignableTo(Thread.class)));

    @Test
    void every_module_is_looked_at() {
        for (var module :
                new String[] {"domain", "media", "telephony", "runtime", "carrier", "persistence", "http-api"}) {
            assertThat(HOUSE.stream().anyMatch(module(module))).as(module).isTrue();
        }
    }

    @Test
    void the_domain_knows_the_jdk_and_itself() {
        classes()
                .that(module("domain"))
                .should()
                .onlyDependOnClassesThat(elementType(module("domain")
                        .or(PURE_JDK)
                        .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
                        // Ports answer with it.
                        .or(name("java.util.concurrent.CompletionStage"))))
                .because("rules are pure: no socket, file, thread or framework")
                .check(HOUSE);
    }

    @Test
    void features_of_the_domain_are_free_of_cycles() {
        slices().matching("dev.ringmaster.(*)..").should().beFreeOfCycles().check(HOUSE.that(module("domain")));
    }

    @Test
    void the_base_of_the_domain_imports_no_feature() {
        noClasses()
                .that()
                .resideInAPackage("dev.ringmaster.base..")
                .should()
                .dependOnClassesThat(module("domain").and(not(resideInAnyPackage("dev.ringmaster.base.."))))
                .check(HOUSE);
    }

    @Test
    void media_knows_no_call_and_no_signalling() {
        noClasses()
                .that(module("media"))
                .should()
                .dependOnClassesThat(
                        module("domain").or(resideInAnyPackage("javax.sip..", "gov.nist..", "org.apache.pekko..")))
                .check(HOUSE);
    }

    @Test
    void the_shells_reach_the_outside_through_ports_only() {
        noClasses()
                .that(module("runtime"))
                .should()
                .dependOnClassesThat(module("telephony", "media", "persistence", "http-api", "carrier")
                        .or(resideInAnyPackage(
                                "javax.sip..", "gov.nist..", "java.sql..", "javax.sql..", "org.apache.pekko.http..")))
                .check(HOUSE);
    }

    @Test
    void persistence_knows_no_shell_and_no_telephone() {
        noClasses()
                .that(module("persistence"))
                .should()
                .dependOnClassesThat(module("runtime", "telephony", "media", "http-api", "carrier"))
                .check(HOUSE);
    }

    @Test
    void only_main_names_the_adapters() {
        noClasses()
                .that(module("http-api").and(not(COMPOSITION_ROOT)))
                .should()
                .dependOnClassesThat(module("telephony", "media", "carrier"))
                .check(HOUSE);
    }

    @Test
    void routes_know_neither_sql_nor_sip() {
        noClasses()
                .that(module("http-api").and(not(COMPOSITION_ROOT)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "javax.sip..", "gov.nist.."))
                .check(HOUSE);
    }

    @Test
    void nothing_depends_on_the_simulated_carrier() {
        noClasses()
                .that(not(module("carrier")))
                .should()
                .dependOnClassesThat(module("carrier"))
                .check(HOUSE);
    }

    @Test
    void the_time_of_day_comes_from_the_clock_that_main_hands_out() {
        var wallClock = call(System.class, "currentTimeMillis")
                .or(call(Clock.class, "systemUTC", "systemDefaultZone", "system"))
                .or(call(InstantSource.class, "system"))
                .or(callWithoutArguments(Instant.class, "now"))
                .or(callWithoutArguments(LocalDate.class, "now"))
                .or(callWithoutArguments(LocalTime.class, "now"))
                .or(callWithoutArguments(LocalDateTime.class, "now"))
                .or(callWithoutArguments(OffsetDateTime.class, "now"))
                .or(callWithoutArguments(ZonedDateTime.class, "now"))
                .or(call(Calendar.class, "getInstance"))
                .or(callWithoutArguments(Date.class, "<init>"));
        noClasses()
                .that(not(COMPOSITION_ROOT))
                .should()
                .callCodeUnitWhere(wallClock.as("reads the machine's clock"))
                .because("tests move time, and a failover must not run it back; take a java.time.Clock")
                .check(HOUSE);
    }

    @Test
    void nobody_asks_where_the_machine_stands() {
        var place = call(ZoneId.class, "systemDefault")
                .or(call(TimeZone.class, "getDefault"))
                .or(call(Locale.class, "getDefault"))
                .or(call(DateFormat.class, "getInstance", "getDateInstance", "getTimeInstance", "getDateTimeInstance"));
        noClasses()
                .that(not(COMPOSITION_ROOT))
                .should()
                .callCodeUnitWhere(place.as("uses the machine's zone or locale"))
                .because("the zone is the instance's and the language the reader's")
                .check(HOUSE);
    }

    @Test
    void the_domain_has_no_clock_and_no_chance() {
        var outside = call(System.class, alwaysTrue())
                .or(call(Clock.class, alwaysTrue()))
                .or(call(UUID.class, "randomUUID"))
                .or(call(Math.class, "random"))
                .or(target(owner(assignableTo(RandomGenerator.class))));
        noClasses()
                .that(module("domain"))
                .should()
                .callCodeUnitWhere(outside.as("asks for time or chance"))
                .because("now and ids are handed in, so that a replay is a proof")
                .check(HOUSE);
    }

    /// Classes of our modules, told by where their bytes lie: a `classes` folder or a jar.
    private static DescribedPredicate<JavaClass> module(String... names) {
        return DescribedPredicate.describe(
                "module " + String.join(", ", names),
                type -> type.getSource().map(source -> source.getUri().toString()).stream()
                        .anyMatch(uri -> uri.contains("/dev/ringmaster/")
                                && Arrays.stream(names).anyMatch(module -> uri.contains("/" + module + "/target/"))));
    }

    /// The type itself, or what the array is made of.
    private static DescribedPredicate<JavaClass> elementType(DescribedPredicate<JavaClass> predicate) {
        return DescribedPredicate.describe(
                predicate.getDescription(), type -> predicate.test(type.getBaseComponentType()));
    }

    private static DescribedPredicate<JavaCall<?>> call(Class<?> owner, String... methods) {
        return call(owner, DescribedPredicate.describe("one of", Arrays.asList(methods)::contains));
    }

    private static DescribedPredicate<JavaCall<?>> call(Class<?> owner, DescribedPredicate<? super String> method) {
        return DescribedPredicate.describe(
                "call of " + owner.getSimpleName(),
                call -> call.getTarget().getOwner().isAssignableTo(owner)
                        && method.test(call.getTarget().getName()));
    }

    private static DescribedPredicate<JavaCall<?>> callWithoutArguments(Class<?> owner, String method) {
        return call(owner, method)
                .and(DescribedPredicate.describe(
                        "without arguments",
                        call -> call.getTarget().getRawParameterTypes().isEmpty()));
    }
}
