package io.reliablemessage.service.admin.search;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class SearchTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void pagesFollowEachOtherNewestFirstThoughMoreComeIn() {
        var stored = stored(20);
        var pages = new ArrayList<List<String>>();
        var place = "";
        do {
            var page = search("topic=%s&limit=3%s".formatted(route.topic(), place));
            pages.add(ids(page));
            route.prepare(MessageFlow.newId()).is(201);
            place = page.body().has("next") ? "&cursor=" + page.text("next") : "";
        } while (!place.isEmpty());

        assertThat(pages).allMatch(page -> page.size() <= 3);
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(newestFirst(stored));
    }

    @Test
    void nothingIsFoundTwiceOrNotAtAllWhileOthersStoreAndDecide() {
        var stored = stored(100);
        var found = new ArrayList<String>();

        Parallel.both(() -> found.addAll(all("topic=%s&limit=7".formatted(route.topic()))), () -> {
            stored.forEach(id -> route.confirm(id).is(200));
            return true;
        });

        assertThat(found).containsExactlyElementsOf(newestFirst(stored));
    }

    @Test
    void asManyIdsAsAreTakenFitIntoAnAddress() {
        var stored = stored(1);
        var ids = new ArrayList<>(stored);
        while (ids.size() < 500) {
            ids.add(MessageFlow.newId());
        }

        assertThat(ids(search("ids=" + String.join("%2C", ids)))).isEqualTo(stored);
    }

    @Test
    void aPageHasFiftyUnlessAnotherNumberIsGiven() {
        stored(60);

        assertThat(ids(search(""))).hasSize(50);
        assertThat(ids(search("limit=200"))).hasSizeGreaterThanOrEqualTo(60);
        for (var limit : List.of("0", "201", "-1")) {
            refused("limit=" + limit, INVALID_REQUEST, "limit");
        }
    }

    @Test
    void aMessageIsFoundByEachStateOfItsDeliveriesAndShowsThemAll() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var id = route.confirmed();
        route.force(id, DeliveryState.DEAD);
        other.force(id, DeliveryState.CONSUMED);

        assertThat(found("state=DEAD")).containsExactly(id);
        assertThat(found("state=CONSUMED")).containsExactly(id);
        assertThat(found("state=CONFIRMED")).containsExactly(id);
        assertThat(found("state=SENDING")).isEmpty();
        assertThat(found("state=DEAD&subscription=" + route.subscription())).containsExactly(id);
        assertThat(found("state=DEAD&subscription=" + other.subscription())).isEmpty();
        other.force(id, DeliveryState.DEAD);
        assertThat(found("state=DEAD")).containsExactly(id); // once

        var shown = search("state=DEAD&topic=" + route.topic()).body().at("/items/0");
        assertThat(shown)
                .isEqualTo(service.as(Key.NOTHING).get("/admin/messages/" + id).body());
        assertThat(shown.path("state").asString()).isEqualTo("DEAD");
        assertThat(shown.path("deliveries")).hasSize(2);
    }

    @Test
    void aKeyFindsItsMessagesAndNoOthers() {
        var key = "order/7 Ä %_ " + UUID.randomUUID();
        var ids = IntStream.range(0, 3).mapToObj(n -> prepared(key)).toList();
        prepared(key + "0");

        assertThat(all("key=" + encoded(key))).containsExactlyElementsOf(newestFirst(ids));
        assertThat(all("key=" + encoded(key.substring(0, 20)))).isEmpty();
    }

    /** A producer's clock may be late by days, or it prepares late what it named long ago. */
    @Test
    void whatWasStoredSinceIsNeverOldWhateverItsIdSays() {
        var late = hourOld(route.dead());
        var old = createdAnHourAgo(hourOld(route.dead()));
        var before = java.time.Instant.now().minusSeconds(60).toString();

        for (var state : List.of("", "&state=DEAD", "&state=CONFIRMED", "&subscription=" + route.subscription())) {
            for (var age : List.of("olderThan=PT30M", "to=" + before, "to=" + before + "&olderThan=PT1M")) {
                assertThat(found(age + state)).as(age + state).containsExactly(old);
                assertThat(found(age + state + "&ids=" + late + "," + old)).containsExactly(old);
                assertThat(count(age + state + "&topic=" + route.topic())).contains("\"count\":1,");
            }
        }
        assertThat(found("")).containsExactlyInAnyOrder(late, old);
    }

    /** Of a clock that is early, the id is younger. */
    @Test
    void whatHasAYoungerIdIsAsYoungAsThat() {
        var early = createdAnHourAgo(route.dead());

        assertThat(found("olderThan=PT30M")).isEmpty();
        assertThat(found("olderThan=PT0S")).containsExactly(early);
    }

    @Test
    void anAgeIsThatOfAKeysMessageAsWell() {
        var key = UUID.randomUUID().toString();
        var late = hourOld(prepared(key));
        var old = createdAnHourAgo(hourOld(prepared(key)));

        assertThat(all("olderThan=PT30M&key=" + key)).containsExactly(old);
        assertThat(all("key=" + key)).containsExactlyInAnyOrder(late, old);
    }

    private String createdAnHourAgo(String id) {
        service.jdbc()
                .sql("UPDATE message SET created_at = now() - interval '1 h' WHERE id = :id::uuid")
                .param("id", id)
                .update();
        return id;
    }

    @Test
    void aTimeIsThatOfTheId() {
        var ids = stored(3);
        var middle = time(ids.get(1));

        assertThat(found("to=%s".formatted(middle))).isSubsetOf(ids.getFirst()).doesNotContain(ids.get(1));
        assertThat(found("from=%s".formatted(middle))).contains(ids.get(1), ids.get(2));
        assertThat(found("from=%s&to=%s".formatted(middle, middle))).isEmpty();
    }

    @Test
    void anAgeStaysTheSameAsLongAsOnePages() {
        var old = IntStream.range(0, 3)
                .mapToObj(n -> createdAnHourAgo(hourOld(route.confirmed())))
                .toList();
        var young = route.confirmed();

        assertThat(found("olderThan=PT30M&limit=1")).containsExactlyElementsOf(newestFirst(old));
        assertThat(found("olderThan=PT30M&state=SENDING&from=" + time(old.getLast())))
                .containsExactly(old.getLast());
        assertThat(found("olderThan=PT2H")).isEmpty();
        assertThat(found("olderThan=&minAttempts=")).contains(young).hasSize(4);
        assertThat(count("olderThan=PT30M&topic=" + route.topic())).isEqualTo("{\"count\":3,\"capped\":false}");
    }

    private String hourOld(String id) {
        var old = UUID.fromString(id);
        var then = new UUID(old.getMostSignificantBits() - (3_600_000L << 16), old.getLeastSignificantBits());
        Map.of("message", "id", "delivery", "message_id")
                .forEach((table, column) -> service.jdbc()
                        .sql("UPDATE %1$s SET %2$s = :then WHERE %2$s = :id".formatted(table, column))
                        .param("then", then)
                        .param("id", old)
                        .update());
        return then.toString();
    }

    @Test
    void whatWasSentOftenIsFoundByThat() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var id = route.confirmed();
        route.confirmed();
        route.pending();
        service.jdbc()
                .sql("UPDATE delivery SET attempts = 7 WHERE message_id = :id::uuid AND subscription = :subscription")
                .param("id", id)
                .param("subscription", route.subscription())
                .update();

        assertThat(found("minAttempts=7")).containsExactly(id);
        assertThat(found("minAttempts=8")).isEmpty();
        assertThat(found("minAttempts=1")).hasSize(2);
        assertThat(found("minAttempts=7&subscription=" + other.subscription())).isEmpty();
    }

    @Test
    void idsFindThemselves() {
        var ids = stored(3);
        var absent = MessageFlow.newId();

        assertThat(found("ids=%s,%s,%s,%s".formatted(ids.get(0), ids.get(2), ids.get(2), absent)))
                .containsExactly(ids.get(2), ids.get(0));
        assertThat(all("limit=1&state=PENDING_CONFIRM&ids=" + String.join(",", ids)))
                .containsExactlyElementsOf(newestFirst(ids));
        assertThat(all("state=DEAD&ids=" + ids.getFirst())).isEmpty();
    }

    @Test
    void anErrorIsALineOfTheList() {
        var id = route.dead();
        service.jdbc()
                .sql("UPDATE delivery SET last_error = :error WHERE message_id = :id::uuid")
                .param("error", "first\nsecond " + "é".repeat(300))
                .param("id", id)
                .update();

        assertThat(search("state=DEAD&topic=" + route.topic())
                        .body()
                        .at("/items/0/deliveries/0/lastError")
                        .asString())
                .startsWith("first second é")
                .endsWith("é…")
                .hasSize(201);
    }

    @Test
    void aFieldOfAFormThatIsEmptyAsksNothing() {
        var id = route.pending();

        assertThat(all("state=&overdue=&suspect=&subscription=&producer=&key=&from=&to=&cursor=&limit=&topic="
                        + route.topic()))
                .containsExactly(id);
    }

    @Test
    void whatIsFoundIsCounted() {
        stored(3);
        route.dead();

        assertThat(count("topic=" + route.topic())).isEqualTo("{\"count\":4,\"capped\":false}");
        assertThat(count("state=DEAD&topic=" + route.topic())).isEqualTo("{\"count\":1,\"capped\":false}");
        assertThat(count("state=CANCELLED&overdue=true")).isEqualTo("{\"count\":0,\"capped\":false}");
        viewer("/admin/messages/count?limit=3").is(MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "state=LOST,              state",
        "state=dead,              state",
        "overdue=perhaps,         overdue",
        "overdue=no,              overdue",
        "suspect=on,              suspect",
        "suspect=1,               suspect",
        "state=%20,               state",
        "topic=%20%09,            topic",
        "key=%C2%A0,              key",
        "overdue=%20,             overdue",
        "ids=%20,                 ids",
        "cursor=%20,              cursor",
        "limit=%20,               limit",
        "from=yesterday,          from",
        "to=2026-13-01T00:00:00Z, to",
        "olderThan=yesterday,      olderThan",
        "minAttempts=many,         minAttempts",
        "ids=1,                    ids",
        "limit=many,              limit",
        "colour=red,              colour",
        "State=DEAD,              State",
        "topic=a&topic=b,         topic"
    })
    void whatIsMalformedIsNamed(String query, String member) {
        refused(query, MALFORMED_REQUEST, "'%s'".formatted(member));
    }

    @ParameterizedTest
    @CsvSource({
        "from=1969-12-31T23:59:59Z,            from",
        "to=%2B1000000000-12-31T23:59:59Z,     to",
        "topic=a%20b,                          topic",
        "olderThan=-PT1S,                      olderThan",
        "olderThan=P3651D,                     olderThan",
        "minAttempts=-1,                       minAttempts",
        "overdue=false,                        overdue",
        "suspect=false,                        suspect",
        "ids=,                                 ids",
        "subscription=%00,                     subscription",
        "producer=%27%3B--,                     producer",
        "key=%00,                              key",
        "cursor=AAAA,                          cursor",
        "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, cursor",
        "cursor=%F0%9F%98%80%27%22%00,         cursor"
    })
    void whatIsNotAllowedIsNamed(String query, String member) {
        refused(query, INVALID_REQUEST, member);
        refused("key=" + "k".repeat(256), INVALID_REQUEST, "key");
    }

    @Test
    void aCursorServesItsOwnSearchOnly() {
        stored(3);
        var own = "topic=%s&limit=1".formatted(route.topic());
        var cursor = "&cursor=" + search(own).text("next");

        assertThat(ids(search("topic=%s&limit=2".formatted(route.topic()) + cursor)))
                .hasSize(2);
        for (var more : List.of("state=PENDING_CONFIRM", "overdue=true", "to=2100-01-01T00:00:00Z", "producer=shop")) {
            refused(own + "&" + more + cursor, INVALID_REQUEST, "cursor");
        }
        refused("limit=1" + cursor, INVALID_REQUEST, "cursor");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 7})
    void aForgedPlaceIsAPlace(long half) {
        var stored = stored(2);
        var query = "limit=1&topic=" + route.topic();
        var forged = ByteBuffer.wrap(Base64.getUrlDecoder().decode(search(query).text("next")))
                .put(Long.BYTES, new UUID(half, half).toString().getBytes(UTF_8));

        var page = search(query + "&cursor=" + Base64.getUrlEncoder().encodeToString(forged.array()));

        assertThat(ids(page)).isSubsetOf(stored);
    }

    private List<String> stored(int count) {
        return IntStream.range(0, count).mapToObj(n -> route.pending()).toList();
    }

    /** By id: what was made in one millisecond has no other order. */
    private static List<String> newestFirst(List<String> ids) {
        return ids.stream().sorted(Collections.reverseOrder()).toList();
    }

    private String prepared(String key) {
        var message = new java.util.HashMap<>(route.message(MessageFlow.newId()));
        message.put("key", key);
        return service.as(Key.PRODUCER)
                .post("/messages/prepare", message)
                .is(201)
                .id();
    }

    private String time(String id) {
        return java.time.Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16)
                .toString();
    }

    /** All results on the test's own topic. */
    private List<String> found(String query) {
        return all(query + "&topic=" + route.topic());
    }

    private List<String> all(String query) {
        var all = new ArrayList<String>();
        var page = search(query);
        all.addAll(ids(page));
        while (page.body().has("next")) {
            page = search(query.replaceAll("&cursor=$|&cursor=(?=&)", "") + "&cursor=" + page.text("next"));
            all.addAll(ids(page));
        }
        return Collections.unmodifiableList(all);
    }

    private String count(String query) {
        return viewer("/admin/messages/count?" + query).is(200).body().toString();
    }

    private Answer search(String query) {
        return viewer("/admin/messages?" + query).is(200);
    }

    private void refused(String query, ProblemType type, String member) {
        assertThat(viewer("/admin/messages?" + query).is(type).text("detail")).contains(member);
    }

    private Answer viewer(String path) {
        return service.as(Key.NOTHING).get(path);
    }

    private static List<String> ids(Answer page) {
        return StreamSupport.stream(page.body().path("items").spliterator(), false)
                .map((JsonNode item) -> item.path("id").asString())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
