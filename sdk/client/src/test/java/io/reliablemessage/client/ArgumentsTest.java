package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.RawJson;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.ClientSettings.Coalescing;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller gets wrong is refused where it is called, by its name, and nothing is sent. */
@SuppressWarnings("NullAway") // which callers may not have
class ArgumentsTest {

    private static final String ID = "019a0000-0000-7000-8000-000000000001";

    private final StubService service = new StubService().answersEach(StubService::sending);
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    interface Call {
        Object on(ReliableMessageClient client);
    }

    static Stream<Arguments> calls() {
        var reject = RejectRequest.builder("CODE").build();
        return Stream.of(
                wrong("request is null", c -> c.prepare(nothing())),
                wrong("request is null", c -> c.prepareAsync(nothing())),
                wrong("request is null", c -> c.send(nothing())),
                wrong("request is null", c -> c.sendAsync(nothing())),
                wrong("request is null", c -> c.reject(ID, nothing())),
                wrong("request is null", c -> c.rejectAsync(ID, nothing())),
                wrong("request is null", c -> c.registerApplication(nothing())),
                wrong("request is null", c -> c.registerTopic("t", nothing())),
                wrong("request is null", c -> c.registerSubscription("s", nothing())),
                wrong("subscription is blank", c -> c.ack(ID, " ")),
                wrong("subscription is blank", c -> c.ackAsync(ID, "")),
                wrong("subscription has 101 bytes", c -> c.ack(ID, "x".repeat(101))),
                wrong("code is null", c -> c.reject(ID, new RejectRequest(null, null, nothing(), null))),
                wrong("Two messages", c -> c.reject(ID, new RejectRequest("other", null, "CODE", null))),
                wrong("id is blank", c -> c.reject(ID, new RejectRequest(" ", null, "CODE", null))),
                wrong("id is null", c -> c.reject(nothing(), reject)),
                wrong("id is blank", c -> c.rejectAsync(" ", reject)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource
    void calls(String expected, Call call) {
        isRefused(expected, () -> call.on(client));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t", "x0123456789012345678901234567890123456789"})
    void ids(@Nullable String id) {
        Stream.<Consumer<String>>of(
                        client::confirm,
                        client::confirmAsync,
                        client::cancel,
                        client::cancelAsync,
                        client::get,
                        client::timeline,
                        wrong -> client.ack(wrong, "points"),
                        wrong -> client.ackAsync(wrong, null))
                .forEach(call -> isRefused("id ", () -> call.accept(id)));
        isRefused("name ", () -> client.registerTopic(id == null ? nothing() : id.repeat(3), topic()));
        isRefused("name ", () -> client.registerSubscription(id == null ? nothing() : id.repeat(3), subscription()));
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                wrong("topic is null", () -> PrepareRequest.of(ID, nothing(), "k", 1)),
                wrong("topic is blank", () -> PrepareRequest.of(ID, " ", "k", 1)),
                wrong("topic has 101 bytes", () -> PrepareRequest.of(ID, "t".repeat(101), "k", 1)),
                wrong("key is null", () -> PrepareRequest.of(ID, "t", nothing(), 1)),
                wrong("key is blank", () -> PrepareRequest.of(ID, "t", "\u3000", 1)),
                wrong("key has 256 bytes", () -> PrepareRequest.of(ID, "t", "k".repeat(256), 1)),
                wrong("key has 258 bytes", () -> PrepareRequest.of(ID, "t", "单".repeat(86), 1)),
                wrong("id is blank", () -> PrepareRequest.of("", "t", "k", 1)),
                wrong("id has 37 bytes", () -> PrepareRequest.of("i".repeat(37), "t", "k", 1)),
                wrong("contentType is blank", () -> any().contentType(" ").build()),
                wrong(
                        "contentType has 256 bytes",
                        () -> any().contentType("a/" + "b".repeat(254)).build()),
                wrong(
                        "payloadEncoding is blank",
                        () -> any().payloadEncoding("").build()),
                wrong("checkRef is blank", () -> any().checkRef(" ").build()),
                wrong(
                        "checkRef has 129 bytes",
                        () -> any().checkRef("r".repeat(129)).build()),
                wrong(
                        "headers.lang is null",
                        () -> any().headers(Collections.singletonMap("lang", null))
                                .build()),
                wrong(
                        "header is null",
                        () -> any().headers(Collections.singletonMap(null, "zh"))
                                .build()),
                wrong("header is blank", () -> any().headers(Map.of("", "zh")).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void messages(String expected, Runnable builder) {
        isRefused(expected, builder);
    }

    @Test
    void messagesThatNoBuilderMade() {
        var message = new PrepareRequest(ID, "t", " ", 1, null, null, null, null, null, null, null, null, null);

        isRefused("key is blank", () -> client.prepare(message));
        isRefused("key is blank", () -> client.sendAsync(message));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                wrong("code is null", () -> RejectRequest.builder(nothing()).build()),
                wrong("code is blank", () -> RejectRequest.builder("").build()),
                wrong(
                        "code has 101 bytes",
                        () -> RejectRequest.builder("C".repeat(101)).build()),
                wrong(
                        "reason has 1001 bytes",
                        () -> RejectRequest.builder("C")
                                .reason("r".repeat(1001))
                                .build()),
                wrong(
                        "subscription is blank",
                        () -> RejectRequest.builder("C").subscription("").build()),
                wrong(
                        "consumers is null",
                        () -> TopicRequest.builder()
                                .consumers(Arrays.asList("a", null))
                                .build()),
                wrong(
                        "consumers is blank",
                        () -> TopicRequest.builder().consumers(List.of(" ")).build()),
                wrong(
                        "topic is null",
                        () -> SubscriptionRequest.builder(nothing()).build()),
                wrong("topic is blank", () -> SubscriptionRequest.builder(" ").build()),
                wrong(
                        "schedule is null",
                        () -> SubscriptionRequest.builder("t")
                                .schedule(Collections.singletonList(null))
                                .build()),
                wrong(
                        "checkUrl is blank",
                        () -> ApplicationRequest.builder().checkUrl("").build()),
                wrong(
                        "checkSecret is blank",
                        () -> ApplicationRequest.builder().checkSecret(" ").build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void others(String expected, Runnable builder) {
        isRefused(expected, builder);
    }

    @Test
    void registrationsThatNoBuilderMade() {
        isRefused("consumers", () -> client.registerTopic("t", new TopicRequest(List.of(""), null)));
        isRefused(
                "topic",
                () -> client.registerSubscription("s", new SubscriptionRequest("", null, null, null, null, null)));
        isRefused("checkUrl", () -> client.registerApplication(new ApplicationRequest(" ", null, null, null)));
    }

    static Stream<Arguments> settings() {
        var url = URI.create("http://localhost");
        var good = ClientSettings.of(url, "key");
        var forever = ChronoUnit.FOREVER.getDuration();
        return Stream.of(
                wrong("settings is null", () -> ReliableMessageClient.create(nothing())),
                wrong("url is null", () -> ClientSettings.of(nothing(), "key")),
                wrong("apiKey is null", () -> ClientSettings.of(url, nothing())),
                wrong("connectTimeout is null", () -> good.withConnectTimeout(nothing())),
                wrong("requestTimeout is null", () -> good.withRequestTimeout(nothing())),
                wrong("connectTimeout is PT0S", () -> good.withConnectTimeout(Duration.ZERO)),
                wrong("requestTimeout is PT-1S", () -> good.withRequestTimeout(Duration.ofSeconds(-1))),
                wrong("requestTimeout is " + forever, () -> good.withRequestTimeout(forever)),
                wrong("coalescing is null", () -> good.withCoalescing(nothing())),
                wrong("currentTrace is null", () -> good.withCurrentTrace(nothing())),
                wrong("batchBytes is 0", () -> Coalescing.DEFAULT.withBatchBytes(0)),
                wrong("waitingBytes is 0", () -> Coalescing.DEFAULT.withWaitingBytes(0)),
                wrong("json is null", () -> new RawJson(nothing())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void settings(String expected, Runnable settings) {
        isRefused(expected, settings);
    }

    private void isRefused(String expected, Runnable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call::run)
                .withMessageContaining(expected)
                .withStackTraceContaining(ArgumentsTest.class.getName());
        assertThat(service.calls()).isEmpty();
    }

    private static Arguments wrong(String expected, Call call) {
        return arguments(expected, call);
    }

    private static Arguments wrong(String expected, Runnable builder) {
        return arguments(expected, builder);
    }

    private static PrepareRequest.Builder any() {
        return PrepareRequest.builder("t", "k", 1);
    }

    private static TopicRequest topic() {
        return TopicRequest.builder().build();
    }

    private static SubscriptionRequest subscription() {
        return SubscriptionRequest.builder("t").build();
    }

    /** What a caller without nullness checks passes. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T nothing() {
        return null;
    }
}
