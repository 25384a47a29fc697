package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.Durations;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import io.reliablemessage.adminui.page.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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

    /**
     * As an operation takes it.
     *
     * @throws Unreadable if something in it cannot be read: left out, more would be meant
     */
    public MessageQuery toQuery(Format format) {
        return new MessageQuery(
                read("state", state, SearchState::valueOf),
                isTicked("overdue", overdue) ? true : null,
                isTicked("suspect", suspect) ? true : null,
                given(topic),
                given(subscription),
                given(producer),
                given(key),
                read("cause", cause, Filter::id),
                read("minAttempts", minAttempts, Integer::valueOf),
                ids == null
                        ? null
                        : chosen().stream()
                                .map(each -> Optional.ofNullable(read("ids", each, Filter::id))
                                        .orElseThrow())
                                .toList(),
                read("olderThan", olderThan, text -> Durations.parse(text).orElseThrow()),
                isGiven(from) ? read("from", from, text -> time(text, format)) : since(format),
                read("to", to, text -> time(text, format)));
    }

    private static <T> @Nullable T read(String name, @Nullable String given, Function<String, T> reading) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        try {
            return reading.apply(given);
        } catch (IllegalArgumentException | NoSuchElementException unknown) {
            throw Unreadable.value(name, given);
        }
    }

    private static Instant time(String text, Format format) {
        return Optional.ofNullable(format.parse(text)).orElseThrow();
    }

    private static UUID id(String text) {
        var id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not in its canonical form");
        }
        return id;
    }

    /** A box of a form sends {@code true}, or nothing. */
    public static boolean isTicked(String name, @Nullable String given) {
        if (isGiven(given) && !"true".equals(given)) {
            throw Unreadable.value(name, String.valueOf(given));
        }
        return isGiven(given);
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
                .orElseThrow(() -> Unreadable.value("window", String.valueOf(window)));
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
        return text != null && !text.isEmpty();
    }
}
