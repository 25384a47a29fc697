package io.reliablemessage.spring.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.spring.Fallback;
import io.reliablemessage.spring.ProducerSettings;
import io.reliablemessage.spring.SendMode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;

/** What an application may configure, and what it is told about it. */
class ReliableMessagePropertiesTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OLD_SECRET = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @Test
    void whatIsNotConfiguredIsAsWithoutBoot() {
        assertThat(bound(Map.of()).producerSettings()).isEqualTo(ProducerSettings.DEFAULT);
        assertThat(bound(Map.of()).schema().initialize()).isEqualTo(SchemaInitialization.EMBEDDED);
        assertThat(bound(Map.of()).check().path()).isEqualTo("/reliable-message/check");
    }

    @Test
    void everyPropertyArrives() {
        var properties = bound(everything());

        assertThat(properties.url()).isEqualTo(URI.create("https://messages.example.com"));
        assertThat(properties.apiKey()).isEqualTo("the-key");
        assertThat(properties.producer().dataSources()).containsExactly("orders", "archive");
        assertThat(properties.schema().initialize()).isEqualTo(SchemaInitialization.NEVER);
        assertThat(properties.check().path()).isEqualTo("/hooks/check");
        assertThat(properties.producerSettings())
                .isEqualTo(ProducerSettings.DEFAULT
                        .withMode(SendMode.OUTBOX)
                        .withFallback(Fallback.OUTBOX)
                        .withPrepareTimeout(Duration.ofMillis(500))
                        .withKeepPayload(Duration.ZERO)
                        .withTablePrefix("app.rm_")
                        .withCheckSecrets(List.of(SECRET, OLD_SECRET)));
    }

    @Test
    void noTextShowsASecret() {
        var properties = bound(everything());
        var details = PropertiesConnectionDetails.of(properties);
        assertThat(properties + " " + details)
                .contains("https://messages.example.com")
                .doesNotContain("the-key")
                .doesNotContain("whsec_");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> bound(Map.of("reliable-message.check.url", "https://orders.example.com/check")))
                .rootCause()
                .hasMessageContaining("reliable-message.check.secret is not");
        assertThatThrownBy(() -> bound(Map.of("reliable-message.check.previous-secret", OLD_SECRET)))
                .rootCause()
                .hasMessageContaining("reliable-message.check.secret is not");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> PropertiesConnectionDetails.of(
                        bound(Map.of("reliable-message.url", "https://messages.example.com"))))
                .hasMessage("reliable-message.api-key is not set: set it to the key of this application");
    }

    /** The same file for both starters, so that their metadata is the same. */
    @Test
    void everyPropertyIsDescribed() throws IOException {
        try (var golden = requireNonNull(getClass().getResourceAsStream("properties.txt"))) {
            assertThat(described()).isEqualTo(new String(golden.readAllBytes(), UTF_8));
        }
    }

    @SuppressWarnings("unchecked") // as the parser reads arrays of objects
    private String described() throws IOException {
        var metadata = "/META-INF/spring-configuration-metadata.json";
        try (var file = requireNonNull(getClass().getResourceAsStream(metadata))) {
            var parsed = JsonParserFactory.getJsonParser().parseMap(new String(file.readAllBytes(), UTF_8));
            var lines = new StringBuilder();
            ((List<Map<String, Object>>) requireNonNull(parsed.get("properties")))
                    .stream()
                            .map(property -> "%s | %s | %s | %s%n"
                                    .formatted(
                                            property.get("name"),
                                            property.get("type"),
                                            property.get("defaultValue"),
                                            property.get("description")))
                            .sorted()
                            .forEach(lines::append);
            return lines.toString();
        }
    }

    private static Map<String, String> everything() {
        return Map.ofEntries(
                Map.entry("reliable-message.url", "https://messages.example.com"),
                Map.entry("reliable-message.api-key", "the-key"),
                Map.entry("reliable-message.producer.mode", "outbox"),
                Map.entry("reliable-message.producer.fallback", "outbox"),
                Map.entry("reliable-message.producer.prepare-timeout", "500ms"),
                Map.entry("reliable-message.producer.data-sources", "orders,archive"),
                Map.entry("reliable-message.producer.keep-payload", "0"),
                Map.entry("reliable-message.check.url", "https://orders.example.com/hooks/check"),
                Map.entry("reliable-message.check.secret", SECRET),
                Map.entry("reliable-message.check.previous-secret", OLD_SECRET),
                Map.entry("reliable-message.schema.initialize", "never"),
                Map.entry("reliable-message.schema.table-prefix", "app.rm_"));
    }

    private static ReliableMessageProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("reliable-message", ReliableMessageProperties.class);
    }
}
