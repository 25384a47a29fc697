package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.NAME_TAKEN;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.service.Key.CONSUMER;
import static io.reliablemessage.service.Key.EVERYTHING;
import static io.reliablemessage.service.Key.NOTHING;
import static io.reliablemessage.service.Key.OTHER_PRODUCER;
import static io.reliablemessage.service.Key.PRODUCER;
import static io.reliablemessage.service.Key.WORKER;
import static io.reliablemessage.service.MessageFlow.newId;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How each operation is called by those to whom its object belongs, and what others are told. */
final class AccessExamples {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    private final Map<String, Example> all = Map.ofEntries(
            entry("prepare", new Example(Set.of(PRODUCER), TOPIC_NOT_FOUND, () -> body(route.message(newId())))),
            entry("send", new Example(Set.of(PRODUCER), TOPIC_NOT_FOUND, () -> body(route.message(newId())))),
            entry("confirm", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> path("id", route.pending()))),
            entry("confirmNamed", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> named(route.pending()))),
            entry("cancel", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> path("id", route.pending()))),
            entry("cancelNamed", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> named(route.pending()))),
            entry(
                    "getMessage",
                    new Example(Set.of(PRODUCER, CONSUMER), MESSAGE_NOT_FOUND, () -> path("id", route.confirmed()))),
            entry(
                    "getTimeline",
                    new Example(Set.of(PRODUCER, CONSUMER), MESSAGE_NOT_FOUND, () -> path("id", route.confirmed()))),
            entry(
                    "ack",
                    new Example(
                            Set.of(CONSUMER),
                            MESSAGE_NOT_FOUND,
                            () -> path("id", route.confirmed()).with(Map.of()))),
            entry("ackNamed", new Example(Set.of(CONSUMER), MESSAGE_NOT_FOUND, () -> named(route.confirmed()))),
            entry(
                    "reject",
                    new Example(
                            Set.of(CONSUMER),
                            MESSAGE_NOT_FOUND,
                            () -> path("id", route.confirmed()).with(Map.of("code", "NO")))),
            entry(
                    "rejectNamed",
                    new Example(
                            Set.of(CONSUMER),
                            MESSAGE_NOT_FOUND,
                            () -> body(Map.of("id", route.confirmed(), "code", "NO")))),
            entry(
                    "registerTopic",
                    new Example(
                            Set.of(PRODUCER),
                            NAME_TAKEN,
                            () -> path("name", route.topic())
                                    .with(Map.of("consumers", List.of("points", "stranger"))))),
            entry("deleteTopic", new Example(Set.of(PRODUCER), TOPIC_NOT_FOUND, () -> path("name", unused()))),
            entry(
                    "registerSubscription",
                    new Example(
                            Set.of(CONSUMER),
                            NAME_TAKEN,
                            () -> path("name", route.subscription()).with(Map.of("topic", route.topic())))),
            entry(
                    "registerApplication",
                    new Example(Set.of(PRODUCER, OTHER_PRODUCER, EVERYTHING), null, () -> body(Map.of()))),
            entry(
                    "getLedger",
                    new Example(Set.of(PRODUCER, OTHER_PRODUCER, EVERYTHING), null, AccessExamples::nothing)),
            entry(
                    "beginEpoch",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> body(Map.of("restoredTo", "2026-01-01T00:00:00Z", "reason", "a test")))),
            entry("leaseCheckbacks", new Example(Set.of(WORKER, EVERYTHING), null, () -> body(Map.of("limit", 1)))),
            entry(
                    "reportCheckback",
                    new Example(
                            Set.of(WORKER, EVERYTHING),
                            null,
                            () -> body(Map.of("lease", newId(), "failure", "TIMEOUT")))),
            entry("lookAtMessage", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", route.pending()))),
            entry("lookAtContent", new Example(Set.of(EVERYTHING), null, () -> path("id", route.pending()))),
            entry("lookAtTimeline", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", route.pending()))),
            entry("search", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("overview", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("rates", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("audit", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("listTopics", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("listSubscriptions", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("listApplications", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry(
                    "createApplication",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("name", "rival").with(Map.of("reason", "test")))),
            entry(
                    "makeKey",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("name", "rival").with(aKey()))),
            entry(
                    "expireKey",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("prefix", madeKey()).with(Map.of("reason", "test")))),
            entry("causeTrend", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("listCauses", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry(
                    "note",
                    new Example(
                            Set.of(EVERYTHING), null, () -> path("id", cause()).with(Map.of("text", "a test")))),
            entry("count", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("resend", new Example(Set.of(EVERYTHING), null, () -> act(route.dead()))),
            entry("discard", new Example(Set.of(EVERYTHING), null, () -> act(route.dead()))),
            entry(
                    "pauseWorker",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("worker", "redelivery").with(Map.of("paused", false, "reason", "a test")))),
            entry("pause", new Example(Set.of(EVERYTHING), null, this::upon)),
            entry("resume", new Example(Set.of(EVERYTHING), null, this::upon)),
            entry("override", new Example(Set.of(EVERYTHING), null, this::upon)),
            entry("wantCheckback", new Example(Set.of(EVERYTHING), null, () -> act(askedAbout()))),
            entry("wantCheckbacks", new Example(Set.of(EVERYTHING), null, this::asked)),
            entry(
                    "decide",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("id", route.suspect()).with(Map.of("decision", "CANCEL", "reason", "test")))),
            entry(
                    "previewOperation",
                    new Example(Set.of(EVERYTHING), null, () -> body(Map.of("action", "RESEND", "filter", ofTopic())))),
            entry("startOperation", new Example(Set.of(EVERYTHING), null, () -> body(operation()))),
            entry("pauseOperation", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("resumeOperation", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("cancelOperation", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("setOperationRate", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("retryOperation", new Example(Set.of(EVERYTHING), null, () -> act(failed()))),
            entry("listOperations", new Example(Set.of(NOTHING, EVERYTHING), null, AccessExamples::nothing)),
            entry("lookAtOperation", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", started()))),
            entry("listOperationItems", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", started()))),
            entry("operate", new Example(Set.of(WORKER, EVERYTHING), null, () -> body(Map.of("limit", 1)))),
            entry("redeliver", new Example(Set.of(WORKER, EVERYTHING), null, () -> body(Map.of("limit", 1)))));

    Set<String> ids() {
        return all.keySet();
    }

    Example of(String operation) {
        var example = all.get(operation);
        assertThat(example)
                .as(
                        "docs/openapi.yaml has %s, and this test does not know how to call it: add it to its examples",
                        operation)
                .isNotNull();
        return requireNonNull(example);
    }

    /** @param toOthers what a caller with the right role is told about what is not his; null: it belongs to nobody */
    record Example(Set<Key> owners, @Nullable ProblemType toOthers, Supplier<Request> request) {}

    record Request(Map<String, String> path, @Nullable Object body) {
        Request with(Object content) {
            return new Request(path, content);
        }
    }

    private static Map<String, ?> aKey() {
        return Map.of("roles", List.of("viewer"), "reason", "test");
    }

    private String madeKey() {
        return service.as(EVERYTHING)
                .post("/admin/applications/rival/keys", aKey())
                .is(201)
                .text("prefix");
    }

    private String cause() {
        route.dead();
        return service.as(NOTHING)
                .get("/admin/causes?subscription=" + route.subscription())
                .body()
                .at("/items/0/id")
                .asString();
    }

    /** An application that can be asked; in vain, and not once these tests are over. */
    private Request asked() {
        service.jdbc().sql("""
                        INSERT INTO application (name, check_url, check_secret, check_secret_key)
                        VALUES ('asked', 'http://127.0.0.1:9/', '', 'nobody has it') ON CONFLICT DO NOTHING
                        """).update();
        return path("name", "asked").with(Map.of("reason", "test"));
    }

    private String askedAbout() {
        asked();
        var id = route.pending();
        service.jdbc()
                .sql("UPDATE message SET producer = 'asked' WHERE id = :id::uuid")
                .param("id", id)
                .update();
        return id;
    }

    /** Undoes {@link #asked}. */
    void nobodyIsAskedAnyMore() {
        service.jdbc()
                .sql("UPDATE message SET producer = 'shop' WHERE producer = 'asked'")
                .update();
        service.jdbc().sql("DELETE FROM application WHERE name = 'asked'").update();
    }

    private Request upon() {
        return path("name", service.newRoute().subscription()).with(Map.of("reason", "test"));
    }

    private Map<String, Object> ofTopic() {
        return Map.of("topic", route.topic());
    }

    private Map<String, Object> operation() {
        route.dead();
        return Map.of("action", "RESEND", "filter", ofTopic(), "expected", 10_000, "reason", "test");
    }

    private String started() {
        return service.as(EVERYTHING)
                .post("/admin/operations", operation())
                .is(201)
                .id();
    }

    private String failed() {
        var id = started();
        service.as(EVERYTHING)
                .post("/admin/operations/%s/cancel".formatted(id), Map.of("reason", "test"))
                .is(200);
        service.jdbc().sql("""
                        UPDATE operation_item SET outcome = 'FAILED', reason = 'forced', at = now()
                         WHERE operation_id = :id::uuid
                        """).param("id", id).update();
        return id;
    }

    private static Request act(String id) {
        return path("id", id).with(Map.of("reason", "test"));
    }

    private static Request body(Object body) {
        return new Request(Map.of(), body);
    }

    /** A topic that nobody subscribed to. */
    private String unused() {
        var name = "unused-" + newId();
        service.as(PRODUCER).put("/topics/" + name, Map.of()).is(200);
        return name;
    }

    private static Request nothing() {
        return new Request(Map.of(), null);
    }

    private static Request named(String id) {
        return body(Map.of("id", id));
    }

    private static Request path(String name, String value) {
        return new Request(Map.of(name, value), null);
    }
}
