package io.reliablemessage.service.platform.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Configures strict JSON: no unknown or repeated members, no numbers as texts or times, no empty text as null. */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Else Jackson would take UTF-16 and UTF-32 as well. */
    @Bean
    JsonFactoryBuilderCustomizer takeOnlyUtf8() {
        return json -> json.disable(TokenStreamFactory.Feature.CHARSET_DETECTION);
    }

    @Bean
    JsonMapperBuilderCustomizer refuseWhatIsNotMeant() {
        return json -> json.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .addModule(new SimpleModule("strict")
                        .addDeserializer(String.class, new Text())
                        .addDeserializer(Duration.class, new Iso8601())
                        .addDeserializer(Instant.class, new Rfc3339())
                        .addDeserializer(UUID.class, new CanonicalUuid())
                        .setDeserializerModifier(new NullsRefused()))
                .withCoercionConfigDefaults(
                        empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
    }

    /** Refuses numbers, and the two things in a string that PostgreSQL cannot keep. */
    private static final class Text extends StdScalarDeserializer<String> {

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            var text = parser.getString();
            return text.indexOf('\0') < 0 && Texts.isWellFormed(text)
                    ? text
                    : (String) context.handleWeirdStringValue(
                            String.class, text, "contains U+0000 or half of a surrogate pair");
        }
    }

    /** Jackson's own would take numbers for seconds, and an empty text for null, which says nothing about times. */
    private static final class Rfc3339 extends StdScalarDeserializer<Instant> {

        Rfc3339() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            }
            try {
                return OffsetDateTime.parse(parser.getString()).toInstant();
            } catch (DateTimeException malformed) {
                return (Instant) context.handleWeirdStringValue(
                        Instant.class, parser.getString(), "not an RFC 3339 time: %s", malformed.getMessage());
            }
        }
    }

    /** Jackson's own would take base64, and an empty text for null. */
    private static final class CanonicalUuid extends StdScalarDeserializer<UUID> {

        CanonicalUuid() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (UUID) context.handleUnexpectedToken(UUID.class, parser);
            }
            return CANONICAL.matcher(parser.getString()).matches()
                    ? UUID.fromString(parser.getString())
                    : (UUID) context.handleWeirdStringValue(
                            UUID.class, parser.getString(), "not a UUID in its canonical form");
        }
    }

    /** Jackson's own would take numbers for seconds. */
    private static final class Iso8601 extends StdScalarDeserializer<Duration> {

        Iso8601() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Duration) context.handleUnexpectedToken(Duration.class, parser);
            }
            try {
                return Duration.parse(parser.getString());
            } catch (DateTimeParseException malformed) {
                return (Duration) context.handleWeirdStringValue(
                        Duration.class, parser.getString(), "not an ISO 8601 duration: %s", malformed.getMessage());
            }
        }
    }
}
