package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.Durations;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search in a page's URL; {@link #toParameters} translates it for the service.
 *
 * @param olderThan as people write it, {@code 6h}, or as ISO 8601 does
 * @param ids of messages selected one by one; empty: none is selected
 * @param window how far back from now; a search by key or from a given time has none by default
 */
public record Filter(
        @Nullable String state,
        @Nullable String topic,
        @Nullable String subscription,
        @Nullable String producer,
        @Nullable String key,
        @Nullable String cause,
        @Nullable String overdue,
        @Nullable String suspect,
        @Nullable String minAttempts,
        @Nullable String olderThan,
        @Nullable List<String> ids,
        @Nullable String window,
        @Nullable String from,
        @Nullable String to) {

    static final List<String> WINDOWS = List.of("PT1H", "PT24H", "P7D", "P30D");
    static final String DEFAULT_WINDOW = "P7D";

    private static final Duration MAX_WINDOW = Duration.ofDays(3_650);

    /** A part of the filter, and the page without it. */
    public record Chip(String name, String value, PageUrl without) {}

    /** Overdue half messages. */
    static Filter undecided(@Nullable String producer, boolean isSuspectOnly) {
        var overdue = isSuspectOnly ? null : "true";
        var suspect = isSuspectOnly ? "true" : null;
        var state = SearchState.PENDING_CONFIRM.name();
        return new Filter(
                state, null, null, producer, null, null, overdue, suspect, null, null, null, "all", null, null);
    }

    public Parameters toParameters(Format format) {
        var since = since(format);
        return new Parameters()
                .with("state", state)
                .with("topic", topic)
                .with("subscription", subscription)
                .with("producer", producer)
                .with("key", key)
                .with("cause", cause)
                .with("overdue", overdue)
                .with("suspect", suspect)
                .with("minAttempts", minAttempts)
                .with(
                        "olderThan",
                        Durations.parse(olderThan).map(Object::toString).orElse(olderThan))
                .withEven("ids", ids == null ? null : String.join(",", chosen()))
                .with("from", since == null ? from : since) // an unreadable one is left to the service to refuse
                .with("to", format.parsedOrAsWritten(to));
    }

    /** As an operation takes it; null: something in it cannot be read. */
    public @Nullable MessageQuery toQuery(Format format) {
        try {
            return new MessageQuery(
                    isGiven(state) ? SearchState.valueOf(String.valueOf(state)) : null,
                    isTicked(overdue) ? true : null,
                    isTicked(suspect) ? true : null,
                    given(topic),
                    given(subscription),
                    given(producer),
                    given(key),
                    isGiven(cause) ? UUID.fromString(String.valueOf(cause)) : null,
                    isGiven(minAttempts) ? Integer.valueOf(String.valueOf(minAttempts)) : null,
                    ids == null ? null : chosen().stream().map(UUID::fromString).toList(),
                    isGiven(olderThan) ? Durations.parse(olderThan).orElseThrow(IllegalArgumentException::new) : null,
                    read(from, since(format)),
                    read(to, format.parse(to)));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static @Nullable Instant read(@Nullable String given, @Nullable Instant read) {
        if (read == null && isGiven(given)) {
            throw new IllegalArgumentException("not a time: " + given);
        }
        return read;
    }

    private static boolean isTicked(@Nullable String given) {
        if (isGiven(given) && !"true".equals(given) && !"false".equals(given)) {
            throw new IllegalArgumentException("neither true nor false: " + given);
        }
        return "true".equals(given);
    }

    /** The start of the searched period. It stays the same on all pages. */
    public @Nullable Instant since(Format format) {
        var start = format.parse(from);
        var back = windowInForce();
        return start == null && back != null ? format.now().minus(back) : start;
    }

    private @Nullable Duration windowInForce() {
        if ("all".equals(window) || isGiven(from) || isGiven(to)) {
            return null;
        }
        if (!isGiven(window)) {
            return isGiven(key) || isGiven(cause) || ids != null ? null : Duration.parse(DEFAULT_WINDOW);
        }
        return Durations.parse(window)
                .filter(back -> back.isPositive() && back.compareTo(MAX_WINDOW) <= 0)
                .orElse(Duration.parse(DEFAULT_WINDOW));
    }

    /** The window that the page shows as chosen; "all": none. */
    public String shownWindow() {
        var inForce = windowInForce();
        return inForce == null
                ? isGiven(from) || isGiven(to) ? "" : "all"
                : WINDOWS.stream()
                        .filter(known -> Duration.parse(known).equals(inForce))
                        .findFirst()
                        .orElse("");
    }

    public List<Chip> chips(PageUrl here) {
        var chips = new ArrayList<Chip>();
        add(chips, "topic", topic, here);
        add(chips, "subscription", subscription, here);
        add(chips, "producer", producer, here);
        add(chips, "key", key, here);
        add(chips, "cause", cause, here);
        add(chips, "overdue", overdue, here);
        add(chips, "suspect", suspect, here);
        add(chips, "minAttempts", minAttempts, here);
        add(chips, "olderThan", olderThan, here);
        add(chips, "ids", ids == null ? null : Integer.toString(chosen().size()), here);
        add(chips, "from", from, here);
        add(chips, "to", to, here);
        return chips;
    }

    private static void add(List<Chip> chips, String name, @Nullable String value, PageUrl here) {
        if (value != null && isGiven(value)) {
            chips.add(new Chip(name, value, here.without(name, "cursor")));
        }
    }

    private List<String> chosen() {
        return Stream.ofNullable(ids)
                .flatMap(List::stream)
                .filter(Filter::isGiven)
                .toList();
    }

    private static @Nullable String given(@Nullable String text) {
        return isGiven(text) ? text : null;
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
