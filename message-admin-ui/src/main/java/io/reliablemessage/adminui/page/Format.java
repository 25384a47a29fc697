package io.reliablemessage.adminui.page;

import io.reliablemessage.adminapi.message.MessageCount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Formats times and numbers for one reader at one time. */
public final class Format {

    private static final int SHOWN_OF_AN_ID = 8;

    /** Beyond these, no zone has a date that an input takes. */
    private static final Instant FIRST = Instant.parse("0000-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private static final Pattern HAS_OFFSET = Pattern.compile("T.*(Z|[+-]\\d\\d:\\d\\d)$");

    /** In an address, a plus that is not encoded is a blank. */
    private static final Pattern SPACED_OFFSET = Pattern.compile("(T[\\d:.]+) (\\d\\d:\\d\\d)$");

    private final MessageSource texts;
    private final Locale locale;
    private final ZoneId zone;
    private final Instant now;

    Format(MessageSource texts, Locale locale, ZoneId zone, Instant now) {
        this.texts = texts;
        this.locale = locale;
        this.zone = zone;
        this.now = now;
    }

    public Instant now() {
        return now;
    }

    public String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale);
    }

    /** A text that may be missing, such as for a value of a newer service. */
    public String word(String prefix, @Nullable Object name) {
        return name == null ? "" : String.valueOf(texts.getMessage(prefix + "." + name, null, name.toString(), locale));
    }

    /** The age of a past time: "14 min". */
    public String age(@Nullable Instant time) {
        return time == null ? "" : duration(Duration.between(time, now));
    }

    /** The wait until a future time: "in 14 min", or that it is due. */
    public String until(@Nullable Instant time) {
        if (time == null) {
            return "";
        }
        return time.isAfter(now) ? text("time.in", duration(Duration.between(now, time))) : text("time.due");
    }

    public String ago(@Nullable Instant time) {
        return time == null ? "" : text("time.ago", age(time));
    }

    public String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1_000) {
            return text("duration.ms", Long.toString(millis));
        }
        if (millis < 10_000) {
            return text("duration.s", String.format(Locale.ROOT, "%.1f", millis / 100 / 10.0));
        }
        if (millis < 60_000) {
            return text("duration.s", Long.toString(millis / 1000));
        }
        if (duration.toMinutes() < 60) {
            return text("duration.min", Long.toString(duration.toMinutes()));
        }
        return duration.toHours() < 48
                ? text("duration.h", Long.toString(duration.toHours()))
                : text("duration.d", Long.toString(duration.toDays()));
    }

    /** To the second, in the reader's time zone. */
    public String at(@Nullable Instant time) {
        return time == null
                ? ""
                : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(time.atZone(zone));
    }

    /** The time of today, or with the day; to the millisecond. */
    public String clock(Instant time) {
        var isToday = time.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return DateTimeFormatter.ofPattern(isToday ? "HH:mm:ss.SSS" : "MM-dd HH:mm:ss.SSS")
                .format(time.atZone(zone));
    }

    public String zone() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** Reads a typed time, with an offset or in the reader's zone. Null: it is neither. */
    public @Nullable Instant parse(@Nullable String time) {
        if (time == null || time.isBlank()) {
            return null;
        }
        try {
            var typed = SPACED_OFFSET.matcher(time.strip()).replaceFirst("$1+$2");
            var parsed = HAS_OFFSET.matcher(typed).find()
                    ? OffsetDateTime.parse(typed).toInstant()
                    : LocalDateTime.parse(typed).atZone(zone).toInstant();
            return parsed.isAfter(FIRST) && parsed.isBefore(LAST) ? parsed : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Passes an unreadable time on as it is, so that the service refuses it. */
    public @Nullable Object parsedOrAsWritten(@Nullable String time) {
        var parsed = parse(time);
        return parsed == null ? time : parsed;
    }

    /** A time for its input field; an unreadable one is left out. */
    public String local(@Nullable String time) {
        var parsed = parse(time);
        return parsed == null
                ? ""
                : DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").format(parsed.atZone(zone));
    }

    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** A share of 1 as percent; less than all is never shown as 100 %. */
    public String percent(double share) {
        double percent = Math.floor(share * 1000) / 10;
        return String.format(Locale.ROOT, percent == 100 ? "%.0f\u202f%%" : "%.1f\u202f%%", percent);
    }

    public String count(MessageCount count) {
        return number(count.count()) + (count.capped() ? "+" : "");
    }

    public String bytes(long size) {
        return size < 1024 ? size + " B" : String.format(Locale.ROOT, "%.1f KiB", size / 1024.0);
    }

    /** The end of an id: ids begin with the time, so those of one list begin alike. */
    public String shortId(String id) {
        return "…" + id.substring(Math.max(0, id.length() - SHOWN_OF_AN_ID));
    }
}
