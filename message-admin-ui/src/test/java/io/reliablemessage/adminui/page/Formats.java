package io.reliablemessage.adminui.page;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Formats of readers with a language, a time zone and a clock that stands still. */
public final class Formats {

    /** A Saturday, half a day from either midnight. */
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final MessageSource TEXTS = load();

    private Formats() {}

    public static Format english() {
        return of(Locale.ENGLISH, ZoneOffset.UTC, NOW);
    }

    public static Format chinese() {
        return of(Locale.CHINESE, ZoneOffset.UTC, NOW);
    }

    public static Format in(String zone) {
        return of(Locale.ENGLISH, ZoneId.of(zone), NOW);
    }

    public static Format at(String now) {
        return of(Locale.ENGLISH, ZoneOffset.UTC, Instant.parse(now));
    }

    public static Format of(Locale locale, ZoneId zone, Instant now) {
        return new Format(TEXTS, locale, zone, now);
    }

    public static MessageSource texts() {
        return TEXTS;
    }

    private static MessageSource load() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("console/messages");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        return texts;
    }
}
