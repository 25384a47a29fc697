package io.reliablemessage.service;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Checks the packages: a feature owns its SQL, and may use only the packages listed here. */
class ArchitectureTest {

    private static final String OURS = "io.reliablemessage.service.";
    private static final List<String> GROUND = List.of("model", "publishing", "platform");

    /** What each feature may use beside the shared packages. */
    private static final Map<String, List<String>> FEATURES = Map.of(
            "intake", List.of("decision"),
            "decision", List.of(),
            "acknowledgement", List.of(),
            "checkback", List.of("decision"),
            "redelivery", List.of(),
            "message", List.of(),
            "retention", List.of(),
            "epoch", List.of(),
            "registry", List.of("checkback"),
            "admin", List.of("decision", "message", "registry", "checkback", "epoch"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.reliablemessage.service");

    @Test
    void eachPackageIsGroundOrAFeature() {
        check(classes()
                .that(resideInAPackage(OURS + "*.."))
                .should()
                .resideInAnyPackage(packages(Stream.concat(GROUND.stream(), FEATURES.keySet().stream()))));
    }

    @ParameterizedTest
    @MethodSource("features")
    void aFeatureUsesTheGroundAndWhatItIsAllowed(String feature) {
        var others = FEATURES.keySet().stream()
                .filter(other -> !other.equals(feature))
                .filter(other -> !FEATURES.getOrDefault(feature, List.of()).contains(other));
        check(noClasses()
                .that(resideInAPackage(packageOf(feature)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages(others))));
    }

    private static Set<String> features() {
        return FEATURES.keySet();
    }

    @Test
    void theGroundKnowsNoFeature() {
        check(noClasses()
                .that(resideInAnyPackage(packages(GROUND.stream())))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages(FEATURES.keySet().stream()))));
    }

    @Test
    void aStoreIsUsedByItsOwnFeatureOnly() {
        check(classes()
                .that()
                .haveSimpleNameEndingWith("Store")
                .and(resideOutsideOfPackages(packageOf("message"), packageOf("admin.search")))
                .should()
                .bePackagePrivate());
        check(noClasses().that(resideInAPackage(packageOf("model"))).should().haveSimpleNameEndingWith("Store"));
    }

    @Test
    void thePlatformKnowsNoWordOfTheDomain() {
        check(noClasses()
                .that(resideInAPackage(packageOf("platform")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.reliablemessage.service..")
                        .and(resideOutsideOfPackage(packageOf("platform")))));
    }

    /** Else a slow database would meet more and more of them. */
    @Test
    void noScheduledTaskStartsBeforeTheOneBeforeHasEnded() {
        var scheduled = CLASSES.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Scheduled.class))
                .toList();

        assertThat(scheduled).isNotEmpty().allSatisfy(method -> {
            var schedule = method.getAnnotationOfType(Scheduled.class);
            assertThat(schedule.fixedRate()).as("%s", method).isNegative();
            assertThat(schedule.fixedRateString() + schedule.cron())
                    .as("%s", method)
                    .isEmpty();
        });
    }

    @Test
    void onlyTheRabbitPackageKnowsAmqp() {
        check(noClasses()
                .that(resideOutsideOfPackage(packageOf("publishing.rabbit")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.rabbitmq..", "org.springframework.amqp..")));
    }

    @Test
    void onlyPublishingUsesTheBrokerPort() {
        check(noClasses()
                .that(resideOutsideOfPackage(packageOf("publishing")))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(io.reliablemessage.service.publishing.Broker.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(io.reliablemessage.service.publishing.BrokerChannel.class));
        check(noClasses()
                .that(resideOutsideOfPackage(packageOf("publishing.rabbit")))
                .should()
                .dependOnClassesThat(resideInAPackage(packageOf("publishing.rabbit"))));
    }

    @Test
    void nothingGoesInCircles() {
        check(slices().matching(OURS + "(*)..").should().beFreeOfCycles());
        check(slices().matching(OURS + "(**)").should().beFreeOfCycles());
    }

    @Test
    void eachPackageSaysWhatItIsForAndIsNullMarked() {
        assertThat(CLASSES.stream().map(type -> type.getPackage()).distinct())
                .isNotEmpty()
                .allMatch(ArchitectureTest::isNullMarked, "has a package-info.java with @NullMarked");
    }

    private static boolean isNullMarked(JavaPackage ours) {
        return ours.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
    }

    @Test
    void nothingIsInjectedIntoFields() {
        check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
    }

    @Test
    void controllersAreNobodyElsesBusiness() {
        check(classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .or()
                .areAnnotatedWith(RestControllerAdvice.class)
                .should()
                .bePackagePrivate());
    }

    @Test
    void timeThatDecidesAnythingIsTheDatabases() {
        check(CompositeArchRule.of(noClasses()
                        .should()
                        .accessTargetWhere(target(name("now")).and(target(owner(resideInAPackage("java.time.."))))))
                .and(noClasses().should().callMethod(System.class, "currentTimeMillis"))
                .and(noClasses().should().callConstructor(Date.class))
                .and(noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class)));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static String packageOf(String name) {
        return OURS + name + "..";
    }

    private static String[] packages(Stream<String> names) {
        return names.map(ArchitectureTest::packageOf).toArray(String[]::new);
    }
}
