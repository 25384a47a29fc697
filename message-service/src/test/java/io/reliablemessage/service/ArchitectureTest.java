package io.reliablemessage.service;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Each duty can be read by itself: it stands on the ground, and not on another duty. */
class ArchitectureTest {

    private static final String OURS = "io.reliablemessage.service.";
    private static final List<String> GROUND = List.of("message", "registry", "publishing", "platform");
    private static final List<String> DUTIES =
            List.of("intake", "receipt", "checkback", "redelivery", "notification", "console", "retention");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.reliablemessage.service");

    @Test
    void eachPackageIsGroundOrADuty() {
        check(classes()
                .that(resideInAPackage(OURS + "*.."))
                .should()
                .resideInAnyPackage(concat(packages(GROUND), packages(DUTIES))));
    }

    @ParameterizedTest
    @FieldSource("DUTIES")
    void noDutyKnowsAnother(String duty) {
        check(noClasses()
                .that(resideInAPackage(packageOf(duty)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages(DUTIES)).and(resideOutsideOfPackage(packageOf(duty))))
                .allowEmptyShould(true));
    }

    @Test
    void theGroundKnowsNoDuty() {
        check(noClasses()
                .that(resideInAnyPackage(packages(GROUND)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages(DUTIES))));
    }

    @Test
    void thePlatformKnowsNoWordOfTheDomain() {
        check(noClasses()
                .that(resideInAPackage(packageOf("platform")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.reliablemessage.service..")
                        .and(resideOutsideOfPackage(packageOf("platform")))));
    }

    @Test
    void onlyPublishingKnowsTheBroker() {
        check(noClasses()
                .that(resideOutsideOfPackage(packageOf("publishing")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.rabbitmq..", "org.springframework.amqp..")));
    }

    @Test
    void nothingGoesInCircles() {
        check(slices().matching(OURS + "(*)..").should().beFreeOfCycles());
        check(slices().matching(OURS + "platform.(*)..").should().beFreeOfCycles());
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

    private static String[] packages(List<String> names) {
        return names.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
    }

    private static String[] concat(String[] some, String[] more) {
        return java.util.stream.Stream.of(some, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }
}
