package io.reliablemessage.service.platform.problem;

/** The forms of times and durations, as refusals name them. */
public final class TakenForms {

    public static final String TIME =
            "a time (RFC 3339) with a date, a time of day and an offset, such as 2026-01-31T08:00:00Z: seconds up to 59,"
                    + " at most nine digits after them, an offset of at most 18:00";
    public static final String DURATION =
            "a duration (ISO 8601) of days, hours, minutes and seconds, such as PT30S or P1DT12H; no weeks, months or years";

    private TakenForms() {}
}
