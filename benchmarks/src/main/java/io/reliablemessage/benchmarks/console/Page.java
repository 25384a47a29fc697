package io.reliablemessage.benchmarks.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page that the console requests.
 *
 * @param body of a POST; empty: it is a GET
 * @param silence the quiet time before the request
 */
record Page(String name, String path, String body, Duration silence) {

    private static final Duration UNTIL_STALE = Duration.ofSeconds(6); // longer than the service keeps its counts

    private static final String OPERATION = "{\"action\":\"RESEND\",\"filter\":{\"cause\":\"%s\"}}";

    /** All pages of the admin API, in many forms; what is in the ledger is looked up by {@code examples}. */
    static List<Page> all(Examples examples) {
        var pages = new ArrayList<Page>();
        pages.add(get("overview", "/admin/overview"));
        pages.add(new Page("overview after a silence", "/admin/overview", "", UNTIL_STALE));
        for (var window : List.of("PT1H", "PT6H", "PT24H", "P7D")) {
            pages.add(get("rates " + window, "/admin/rates?window=" + window));
            pages.add(get("causes' trend " + window, "/admin/causes/trend?window=" + window));
            pages.add(get("causes " + window, "/admin/causes?window=" + window));
        }
        pages.add(get("causes", "/admin/causes"));
        pages.add(get("causes of a topic", "/admin/causes?topic=topic-3&state=DEAD"));
        searches(examples).forEach((name, query) -> {
            pages.add(get("messages: " + name, "/admin/messages?" + query));
            pages.add(get("count: " + name, "/admin/messages/count?" + query));
        });
        pages.add(get("messages: next page", "/admin/messages?state=DEAD&cursor=" + examples.cursor()));
        pages.add(get("message", "/admin/messages/" + examples.dead()));
        pages.add(get("timeline", "/admin/messages/%s/timeline".formatted(examples.dead())));
        pages.add(get("topics", "/admin/topics"));
        pages.add(get("subscriptions", "/admin/subscriptions"));
        pages.add(get("applications", "/admin/applications"));
        pages.add(get("audit", "/admin/audit"));
        pages.add(get("audit of a target", "/admin/audit?target=sub-7"));
        pages.add(get("operations", "/admin/operations"));
        pages.add(get("operation", "/admin/operations/" + examples.operation()));
        pages.add(get("its items", "/admin/operations/%s/items".formatted(examples.operation())));
        pages.add(get("its failed items", "/admin/operations/%s/items?outcome=FAILED".formatted(examples.operation())));
        pages.add(new Page(
                "preview of a cause",
                "/admin/operations/preview",
                OPERATION.formatted(examples.cause()),
                Duration.ZERO));
        return pages;
    }

    private static Map<String, String> searches(Examples examples) {
        var searches = new java.util.LinkedHashMap<String, String>();
        searches.put("all", "");
        for (var state : List.of(
                "PENDING_CONFIRM", "CONFIRMED", "CANCELLED", "SENDING", "CONSUMED", "REJECTED", "DEAD", "DISCARDED")) {
            searches.put(state, "state=" + state);
        }
        searches.put("topic", "topic=topic-3");
        searches.put("topic, dead", "topic=topic-3&state=DEAD");
        searches.put("subscription, none dead", "subscription=sub-15&state=DEAD");
        searches.put("subscription, consumed", "subscription=sub-25&state=CONSUMED");
        searches.put("producer", "producer=producer-7");
        searches.put("producer, dead", "producer=producer-7&state=DEAD");
        searches.put("nobody's", "producer=nobody");
        searches.put("key", "key=" + URLEncoder.encode(examples.key(), StandardCharsets.UTF_8));
        searches.put("key of many", "key=everybody%27s");
        searches.put("key of many, consumed", "key=everybody%27s&state=CONSUMED");
        searches.put("key of many, dead", "key=everybody%27s&state=DEAD");
        searches.put("cause", "cause=" + examples.cause());
        searches.put("overdue", "overdue=true");
        searches.put("suspect", "suspect=true");
        searches.put("3 attempts", "minAttempts=3");
        searches.put("20 attempts", "minAttempts=20");
        searches.put("dead, 20 attempts", "minAttempts=20&state=DEAD");
        searches.put("older than 10 days", "olderThan=P10D");
        searches.put("dead, older", "state=DEAD&olderThan=P10D");
        searches.put("ids", "ids=" + String.join(",", examples.ids()));
        searches.put("a day", "from=%s&to=%s".formatted(examples.dayAgo(8), examples.dayAgo(7)));
        searches.put("a day, dead", "state=DEAD&from=%s&to=%s".formatted(examples.dayAgo(8), examples.dayAgo(7)));
        return searches;
    }

    static Page get(String name, String path) {
        return new Page(name, path, "", Duration.ZERO);
    }
}
