package io.reliablemessage.service.admin.registry;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.REGISTRATION_FIXED;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class RegistryPagesTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void aSubscriptionIsListedWithWhatIsInForceAndOnItsWay() {
        route.confirmed();
        route.confirmed();
        route.dead();
        route.reject(route.confirmed()).is(200);

        var listed = subscription();

        assertThat(listed.at("/subscription/name").asString()).isEqualTo(route.subscription());
        assertThat(listed.at("/subscription/queue").asString()).isEqualTo(route.queue());
        assertThat(listed.has("override")).isFalse();
        assertThat(listed.at("/counts/sending").asInt()).isEqualTo(2);
        assertThat(listed.at("/counts/sendingCapped").asBoolean()).isFalse();
        assertThat(listed.at("/counts/dead").asInt()).isEqualTo(1);
        assertThat(listed.at("/counts/rejected").asInt()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(subscription().path("queued").asInt(-1)).isEqualTo(4));
    }

    @Test
    void whatAnOperatorSaysIsListedApart() {
        service.as(Key.EVERYTHING)
                .put(
                        "/admin/subscriptions/%s/override".formatted(route.subscription()),
                        Map.of("schedule", List.of("PT7M"), "reason", "slow"))
                .is(204);
        service.as(Key.EVERYTHING)
                .post("/admin/subscriptions/%s/pause".formatted(route.subscription()), Map.of("reason", "slow"))
                .is(204);

        var listed = subscription();

        assertThat(listed.at("/override/schedule/0").asString()).isEqualTo("PT7M");
        assertThat(listed.path("override").has("maxAttempts")).isFalse();
        assertThat(listed.at("/subscription/schedule/0").asString()).isEqualTo("PT7M");
        assertThat(listed.at("/subscription/paused").asBoolean()).isTrue();
    }

    @Test
    void aTopicIsListedWithThoseWhoListen() {
        var other = route.subscribe(Key.OTHER_CONSUMER, Map.of());
        var id = route.dead();
        other.force(id, DeliveryState.DEAD);
        route.subscribe(Key.CONSUMER, Map.of("retired", true));

        var listed = all("/admin/topics?limit=200").stream()
                .filter(item -> item.at("/topic/name").asString().equals(route.topic()))
                .toList();

        assertThat(listed).hasSize(1);
        assertThat(listed.getFirst().path("subscriptions").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(route.subscription(), other.subscription())
                .isSorted();
        assertThat(listed.getFirst().path("dead").asInt()).isEqualTo(2);
        assertThat(listed.getFirst().path("rejected").asInt()).isZero();
    }

    @Test
    void pagesFollowEachOtherByName() {
        for (var n = 0; n < 4; n++) {
            route.subscribe(Key.CONSUMER, Map.of());
        }
        var names = all("/admin/subscriptions?limit=2&topic=" + route.topic()).stream()
                .map(item -> item.at("/subscription/name").asString())
                .toList();

        assertThat(names).hasSize(5).doesNotHaveDuplicates().isSorted();
        assertThat(all("/admin/subscriptions?application=stranger&topic=" + route.topic()))
                .isEmpty();
        assertThat(all("/admin/applications?limit=3").stream()
                        .map(item -> item.path("name").asString()))
                .contains("shop", "points", "console")
                .doesNotHaveDuplicates();
        get("/admin/subscriptions?cursor=%21").is(INVALID_REQUEST);
        get("/admin/topics?cursor=AAAA").is(INVALID_REQUEST);
        get("/admin/applications?limit=201").is(INVALID_REQUEST);
        get("/admin/subscriptions?colour=red").is(MALFORMED_REQUEST);
    }

    @Test
    void anApplicationIsListedWithWhatItHasNotDecided() {
        try (var own = Service.start(Map.of())) {
            var messages = own.newRoute();
            messages.pending();
            messages.suspect();
            messages.cancelled();

            var shop = application(own, "shop");

            assertThat(shop.path("undecided").asInt()).isEqualTo(2);
            assertThat(shop.path("suspects").asInt()).isEqualTo(1);
            assertThat(shop.path("enabled").asBoolean()).isTrue();
            assertThat(shop.path("checkbacks").has("url")).isFalse();
            assertThat(shop.path("checkbacks").has("successRate")).isFalse();
            assertThat(shop.path("keys")
                            .valueStream()
                            .filter(key -> key.path("roles").toString().equals("[\"PRODUCER\"]"))
                            .map(key -> key.path("prefix").asString()))
                    .containsExactly("produc");
            assertThat(shop.path("keys").toString()).doesNotContain(Key.PRODUCER.value());
        }
    }

    @Test
    void anAdministratorCreatesAnApplicationThatWorksWithItsKey() {
        var name = "billing." + UUID.randomUUID();
        for (var call = 0; call < 2; call++) {
            service.as(Key.EVERYTHING)
                    .put("/admin/applications/" + name, Map.of("reason", "a new team"))
                    .is(204);
        }
        var made = admin(
                        "/admin/applications/%s/keys".formatted(name),
                        Map.of("roles", List.of("producer"), "reason", "a new team"))
                .is(201);

        new Api(service.address(), made.text("key"))
                .put("/topics/" + name, Map.of("consumers", List.of()))
                .is(200);
        assertThat(service.jdbc()
                        .sql("SELECT act FROM audit WHERE subject = :name")
                        .param("name", name)
                        .query(String.class)
                        .list())
                .containsExactly("CREATE_APPLICATION");
        service.as(Key.EVERYTHING)
                .put("/admin/applications/a%20b", Map.of("reason", "a new team"))
                .is(INVALID_REQUEST);
    }

    @Test
    void aKeyIsMadeToldOnceUsedAndEnded() {
        var made = admin("/admin/applications/rival/keys", Map.of("roles", List.of("viewer"), "reason", "a look"))
                .is(201);
        var prefix = made.text("prefix");
        var key = new Api(service.address(), made.text("key"));

        key.get("/admin/causes").is(200);
        assertThat(made.text("key")).startsWith(prefix + "_").hasSizeGreaterThan(40);
        var listed = keys("rival").stream()
                .filter(each -> each.path("prefix").asString().equals(prefix))
                .findFirst()
                .orElseThrow();
        assertThat(listed.path("configured").asBoolean()).isFalse();
        assertThat(listed.path("roles").toString()).isEqualTo("[\"VIEWER\"]");
        assertThat(listed.has("lastUsedOn")).isTrue();
        assertThat(listed.has("expiresAt")).isFalse();

        admin("/admin/keys/%s/expire".formatted(prefix), Map.of("reason", "seen"))
                .is(204);
        admin("/admin/keys/%s/expire".formatted(prefix), Map.of("reason", "seen"))
                .is(204);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> key.get("/admin/causes").is(UNAUTHENTICATED));
        assertThat(service.jdbc()
                        .sql("SELECT concat_ws(' ', act, reason) FROM audit WHERE subject = :prefix ORDER BY id")
                        .param("prefix", prefix)
                        .query(String.class)
                        .list())
                .startsWith("MAKE_KEY a look", "EXPIRE_KEY seen");
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM api_key WHERE encode(hash, 'escape') LIKE '%' || :key || '%'")
                        .param("key", made.text("key"))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aKeyThatWouldBeOfNoUseOrBackWithTheNextStartIsRefused() {
        var path = "/admin/applications/rival/keys";
        admin("/admin/applications/nobody/keys", Map.of("roles", List.of("viewer"), "reason", "x"))
                .is(NOT_FOUND);
        admin(path, Map.of("reason", "x")).is(INVALID_REQUEST);
        admin(path, Map.of("roles", List.of(), "reason", "x")).is(INVALID_REQUEST);
        admin(path, Map.of("roles", List.of("king"), "reason", "x")).is(INVALID_REQUEST);
        admin(path, Map.of("roles", List.of("viewer"))).is(INVALID_REQUEST);
        admin(path, Map.of("roles", List.of("viewer"), "expiresAt", "2020-01-01T00:00:00Z", "reason", "x"))
                .is(INVALID_REQUEST);
        admin("/admin/keys/produc/expire", Map.of("reason", "x")).is(REGISTRATION_FIXED);
        admin("/admin/keys/rm_nobody/expire", Map.of("reason", "x")).is(NOT_FOUND);
        service.as(Key.CONSOLE)
                .call(
                        "POST",
                        path,
                        Map.of("roles", List.of("viewer"), "reason", "x"),
                        "RM-Actor",
                        "ada",
                        "RM-Roles",
                        "lead")
                .is(FORBIDDEN);
    }

    private JsonNode subscription() {
        var listed = all("/admin/subscriptions?name=" + route.subscription());
        assertThat(listed).hasSize(1);
        return listed.getFirst();
    }

    private List<JsonNode> keys(String application) {
        return application(service, application).path("keys").valueStream().toList();
    }

    private static JsonNode application(Service service, String name) {
        return service.as(Key.NOTHING)
                .get("/admin/applications?limit=200")
                .is(200)
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> all(String path) {
        var all = new ArrayList<JsonNode>();
        var page = get(path).is(200);
        page.body().path("items").forEach(all::add);
        while (page.body().has("next")) {
            page = get(path + "&cursor=" + page.text("next")).is(200);
            page.body().path("items").forEach(all::add);
        }
        return all;
    }

    private Answer get(String path) {
        return service.as(Key.NOTHING).get(path);
    }

    private Answer admin(String path, Map<String, ?> body) {
        return service.as(Key.CONSOLE).call("POST", path, body, "RM-Actor", "ada", "RM-Roles", "admin");
    }
}
