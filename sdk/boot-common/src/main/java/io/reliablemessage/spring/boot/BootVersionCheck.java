package io.reliablemessage.spring.boot;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends an application that has the starter of another Spring Boot with a sentence, before its auto-configuration fails
 * with a class that does not exist.
 */
public final class BootVersionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        refusal(SpringBootVersion.getVersion()).ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
    }

    /** @param version null, or not a version: nobody knows, so it is not refused */
    static Optional<String> refusal(@Nullable String version) {
        var parts = VERSION.matcher(version == null ? "" : version);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var major = Integer.parseInt(parts.group(1));
        var minor = Integer.parseInt(parts.group(2));
        if (major < 3 || (major == 3 && minor < 2)) {
            return Optional.of("This application runs on Spring Boot %s, but Reliable Message needs 3.2 or newer. Use"
                            .formatted(version)
                    + " reliable-message-client with it");
        }
        var right = major == 3 ? "reliable-message-spring-boot3-starter" : "reliable-message-spring-boot-starter";
        return right.equals(Starter.ARTIFACT)
                ? Optional.empty()
                : Optional.of("This application runs on Spring Boot %s, and %s is not for it. Replace it by %s"
                        .formatted(version, Starter.ARTIFACT, right));
    }
}
