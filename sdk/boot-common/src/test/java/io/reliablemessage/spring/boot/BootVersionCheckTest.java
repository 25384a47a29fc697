package io.reliablemessage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The wrong starter says which one is right. */
class BootVersionCheckTest {

    private static final String BOOT3 = "reliable-message-spring-boot3-starter";
    private static final String BOOT = "reliable-message-spring-boot-starter";

    @Test
    void theTestsRunOnTheBootThatTheyAreMeantFor() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.boot"));
    }

    @Test
    void everyBootHasItsStarter() {
        for (var version : new String[] {"3.2.0", "3.5.16", "3.6.0-SNAPSHOT"}) {
            assertRight(version, BOOT3, BOOT);
        }
        for (var version : new String[] {"4.0.0-RC1", "4.1.2", "5.0.0"}) {
            assertRight(version, BOOT, BOOT3);
        }
    }

    @Test
    void anOlderBootHasNone() {
        for (var version : new String[] {"2.7.18", "3.1.12"}) {
            assertThat(BootVersionCheck.refusal(version))
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .contains("Spring Boot " + version)
                            .contains("needs 3.2 or newer"));
        }
    }

    @Test
    void whatIsNoVersionIsNotRefused() {
        assertThat(BootVersionCheck.refusal(null)).isEmpty();
        assertThat(BootVersionCheck.refusal("unknown")).isEmpty();
    }

    @Test
    void bootFindsTheCheck() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationContextInitializer.class))
                .hasAtLeastOneElementOfType(BootVersionCheck.class);
    }

    private static void assertRight(String version, String right, String wrong) {
        if (Starter.ARTIFACT.equals(right)) {
            assertThat(BootVersionCheck.refusal(version)).isEmpty();
        } else {
            assertThat(BootVersionCheck.refusal(version))
                    .contains("This application runs on Spring Boot %s, and %s is not for it. Replace it by %s"
                            .formatted(version, wrong, right));
        }
    }
}
