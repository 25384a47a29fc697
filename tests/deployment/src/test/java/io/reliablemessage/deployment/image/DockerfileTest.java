package io.reliablemessage.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.testing.Project;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DockerfileTest {

    private final Dockerfile dockerfile = Dockerfile.read();

    @ParameterizedTest
    @EnumSource
    void eachApplicationIsAModuleWithARunnableJarAndThePortThatItsImageShows(Application application) {
        var pom = Project.text(application.id() + "/pom.xml");

        assertThat(Project.text("Dockerfile"))
                .containsPattern(application.id() + " \\((port )?" + application.port() + "\\)");
        assertThat(pom)
                .contains("<goal>repackage</goal>")
                .contains("<jib.skip>false</jib.skip>")
                .contains("<image.port>" + application.port() + "</image.port>");
        assertThat(Project.text("build/application/pom.xml")).contains("<classifier>exec</classifier>");
    }

    @Test
    void theShopIsOneMoreModuleWithARunnableJar() {
        assertThat(Project.text("quickstart/pom.xml"))
                .contains("<classifier>shop</classifier>", ".shop.ShopApplication</mainClass>");
    }

    @Test
    void runsAsNobodyInParticular() {
        assertThat(dockerfile.all("USER")).containsExactly("10001:10001");
    }

    @Test
    void namesTheVersionOfWhatItStandsOn() {
        assertThat(dockerfile.all("ARG")).contains("JAVA_VERSION=25");
        assertThat(dockerfile.all("FROM"))
                .isNotEmpty()
                .allMatch(image -> image.contains(":") && !image.contains("latest"));
    }

    @Test
    void startsAsTheImagesWithoutADaemonDo() {
        var jib =
                Project.text("build/application/pom.xml").split("<jvmFlags>")[1].split("</jvmFlags>")[0];

        var flags = dockerfile.the("ENTRYPOINT").words().stream()
                .filter(word -> word.startsWith("-XX:") && !word.startsWith("-XX:AOTCache="))
                .toList();

        assertThat(flags).isNotEmpty().allSatisfy(flag -> assertThat(jib).contains("<jvmFlag>" + flag + "</jvmFlag>"));
        assertThat(Project.text("build/application/pom.xml"))
                .contains(
                        "<user>" + dockerfile.the("USER").arguments() + "</user>",
                        "<image>eclipse-temurin:25-jre</image>");
    }

    @Test
    void theCacheThatItMakesIsTheOneThatItStartsWith() {
        assertThat(dockerfile.the("ENTRYPOINT").words()).contains("-XX:AOTCache=application.aot");
        assertThat(dockerfile.runThatContains("AOTCacheOutput")).contains("-XX:AOTCacheOutput=application.aot ");
    }

    @Test
    void whatIsTakenIntoTheBuildHasNoSecrets() {
        assertThat(Project.text(".dockerignore")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList())
                .isEqualTo(List.of("*", "!pom.xml", "!**/pom.xml", "!**/src/main/**", "**/target"));
    }
}
