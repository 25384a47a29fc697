package io.reliablemessage.quickstart;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** How the modules stand to each other. The quickstart has them all on its class path. */
class ArchitectureTest {

    private static final int MAX_TYPES = 25;
    private static final int MAX_PARAMETERS = 6;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.reliablemessage");

    @Test
    void allModulesAreLookedAt() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.")[2]))
                .contains(
                        "api",
                        "client",
                        "adminapi",
                        "webhook",
                        "worker",
                        "service",
                        "checker",
                        "recovery",
                        "adminui",
                        "embedded",
                        "quickstart");
    }

    @Test
    void theContractKnowsNeitherAdminNorJobs() {
        noClasses()
                .that(resideInAPackage("io.reliablemessage.api.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.reliablemessage..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("io.reliablemessage.api..")))
                .check(CLASSES);
    }

    @Test
    void theSdkKnowsNothingOfTheApplications() {
        noClasses()
                .that(resideInAPackage("io.reliablemessage.client.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.reliablemessage..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(
                                "io.reliablemessage.api..", "io.reliablemessage.client..")))
                .check(CLASSES);
    }

    @Test
    void whatIsInternalToTheClientIsUsedByNobodyElse() {
        noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackage("io.reliablemessage.client.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.reliablemessage.client.internal.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheQuickstartKnowsTheService() {
        noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackages(
                        "io.reliablemessage.service..", "io.reliablemessage.quickstart.launch.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.reliablemessage.service.."))
                .check(CLASSES);
    }

    @Test
    void theShopUsesOnlyWhatAnyApplicationMayUse() {
        noClasses()
                .that(resideInAPackage("io.reliablemessage.quickstart.shop.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.reliablemessage.adminapi..",
                        "io.reliablemessage.webhook..",
                        "io.reliablemessage.worker..",
                        "io.reliablemessage.embedded..",
                        "io.reliablemessage.quickstart.launch..",
                        "io.reliablemessage.quickstart.scenario.."))
                .check(CLASSES);
    }

    @Test
    void nothingGoesInCircles() {
        slices().matching("io.reliablemessage.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("io.reliablemessage.adminui.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("io.reliablemessage.quickstart.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void aConstructorTakesAtMostSix() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.isAssignableTo(Record.class) && !type.isEnum())
                        .flatMap(type -> type.getConstructors().stream())
                        .filter(constructor ->
                                constructor.getRawParameterTypes().size() > MAX_PARAMETERS))
                .isEmpty();
    }

    @Test
    void aPackageIsSmallEnoughToBeRead() {
        var types = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, mapping(JavaClass::getSimpleName, toList())));

        assertThat(types)
                .isNotEmpty()
                .allSatisfy((name, members) -> assertThat(members).as(name).hasSizeLessThanOrEqualTo(MAX_TYPES));
    }
}
