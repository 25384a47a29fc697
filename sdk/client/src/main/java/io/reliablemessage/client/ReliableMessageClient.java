package io.reliablemessage.client;

import io.reliablemessage.api.AckRequest;
import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.LedgerView;
import io.reliablemessage.api.MessageReference;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.api.internal.Arguments;
import io.reliablemessage.client.internal.CallBatcher;
import io.reliablemessage.client.internal.CallBatchers;
import io.reliablemessage.client.internal.EncodedCall;
import io.reliablemessage.client.internal.ServiceConnection;
import io.reliablemessage.client.internal.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client for producers and consumers. Safe for use by many threads; create one per application, and close it at the
 * end.
 *
 * <p>Every method blocks until the service has answered or the request timeout is over, and throws a {@link
 * MessageProblemException} unless the call succeeded; a repeat of a call that succeeded succeeds, too. So the client
 * itself repeats, as long as there is time, what was not answered because the connection could not be made or broke,
 * and what was answered with 503 and {@code Retry-After}. States in answers are null when the service is newer and names one that this version does not know. An argument that is null,
 * blank, too long or cannot be written as JSON is an {@link IllegalArgumentException} that names it; nothing is sent.
 *
 * <p>Calls about single messages that are made at the same time travel together ({@link ClientSettings.Coalescing});
 * each gets its own answer, and no call waits for others. Their variants on {@code Async} do not block. They throw only
 * what is the caller's own mistake; everything else is in the future, the same exceptions included. Dependent stages
 * run in a few threads of the client: long work belongs in an executor of the application ({@code thenAcceptAsync(…,
 * executor)}). A future that is cancelled before its call was sent takes it back.
 */
public final class ReliableMessageClient implements AutoCloseable {

    private final ServiceConnection service;
    private final Json json;
    private final CallBatchers batchers;
    private final CurrentTrace currentTrace;

    private ReliableMessageClient(ServiceConnection service, CallBatchers batchers, CurrentTrace currentTrace) {
        this.service = service;
        this.json = service.json();
        this.batchers = batchers;
        this.currentTrace = currentTrace;
    }

    /**
     * A client with these settings; it opens its first connection with its first call.
     *
     * @throws IllegalStateException if there is neither Jackson nor another codec
     */
    public static ReliableMessageClient create(ClientSettings settings) {
        Arguments.present("settings", settings, "see ClientSettings.of");
        var service = new ServiceConnection(settings);
        return new ReliableMessageClient(service, new CallBatchers(service, settings), settings.currentTrace());
    }

    /**
     * Stores a half message; call it before the local transaction commits.
     *
     * <p>The client makes the id if there is none; give one ({@link MessageIds#next()}) to be able to repeat the call
     * yourself. Payloads are written with map entries in the order of their keys, since a repeat must have the same
     * bytes; sets should be ordered by the caller. A payload that is JSON already goes in as {@link
     * io.reliablemessage.api.RawJson}; any other text needs {@link PrepareRequest.Builder#payloadEncoding}. A class
     * without visible properties is refused.
     *
     * @throws TransitionRefusedException the message was cancelled before: do not start the transaction
     */
    public MessageStatus prepare(PrepareRequest request) {
        return store(batchers.prepare, request);
    }

    /** {@link #prepare} without blocking; the payload is written before this returns. */
    public CompletableFuture<MessageStatus> prepareAsync(PrepareRequest request) {
        return batchers.prepare.callAsync(storing(request));
    }

    /**
     * Stores the half messages of one local transaction together; call it before the transaction commits.
     *
     * <p>All are answered, or the time is over, when this returns or throws. What was not sent by then never will be.
     * If it throws, some of the messages may be stored: the transaction must roll back, or all must be repeated.
     *
     * @param requests each with an id; none: there is no call
     * @param within the time for everything: name service, connection, waiting for other calls, repeats; at most the
     *     request timeout counts
     * @throws MessageProblemException the first refusal
     * @throws ServiceUnavailableException none was refused, but at least one was not answered in time
     */
    public List<MessageStatus> prepareAll(List<PrepareRequest> requests, Duration within) {
        var results = batchers.prepare.callAll(each(requests, this::storingAgain), time(within));
        throwFirst(results.stream().flatMap(result -> result.problem().stream()).toList());
        return results.stream().flatMap(result -> result.value().stream()).toList();
    }

    private static void throwFirst(List<MessageProblemException> problems) {
        problems.stream()
                .filter(problem -> !(problem instanceof ServiceUnavailableException))
                .findFirst()
                .or(() -> problems.stream().findFirst())
                .ifPresent(problem -> {
                    throw problem;
                });
    }

    /** Stores and confirms a message in one step, as outbox relays do; call it after the local transaction. */
    public MessageStatus send(PrepareRequest request) {
        return store(batchers.send, request);
    }

    /** {@link #send} without blocking; the payload is written before this returns. */
    public CompletableFuture<MessageStatus> sendAsync(PrepareRequest request) {
        return batchers.send.callAsync(storing(request));
    }

    /**
     * {@link #send} for many messages in few requests. No problem of one message is thrown or affects the others.
     *
     * @param requests each with an id; none: there is no call
     * @param within the time for everything; at most the request timeout counts
     * @return one result per request, in their order
     */
    public List<CallResult<MessageStatus>> sendAll(List<PrepareRequest> requests, Duration within) {
        return batchers.send.callAll(each(requests, this::storingAgain), time(within));
    }

    /**
     * The local transaction is committed: deliver.
     *
     * @throws TransitionRefusedException the message was cancelled
     */
    public MessageStatus confirm(String id) {
        return batchers.confirm.call(deciding(id));
    }

    /** {@link #confirm} without blocking. */
    public CompletableFuture<MessageStatus> confirmAsync(String id) {
        return batchers.confirm.callAsync(deciding(id));
    }

    /** {@link #confirm} for many messages, as {@link #sendAll} does it: one result per id, in their order. */
    public List<CallResult<MessageStatus>> confirmAll(List<String> ids, Duration within) {
        return batchers.confirm.callAll(each(ids, this::deciding), time(within));
    }

    /**
     * The local transaction is known to have rolled back: never deliver. In doubt, do not call it; the service will
     * check back.
     *
     * @throws TransitionRefusedException the message was confirmed
     */
    public MessageStatus cancel(String id) {
        return batchers.cancel.call(deciding(id));
    }

    /** {@link #cancel} without blocking. */
    public CompletableFuture<MessageStatus> cancelAsync(String id) {
        return batchers.cancel.callAsync(deciding(id));
    }

    /** {@link #cancel} for many messages, as {@link #sendAll} does it: one result per id, in their order. */
    public List<CallResult<MessageStatus>> cancelAll(List<String> ids, Duration within) {
        return batchers.cancel.callAll(each(ids, this::deciding), time(within));
    }

    /**
     * The message is consumed: stop sending it.
     *
     * @param subscription null: the only one of the message's deliveries that is the caller's
     * @throws MessageNotFoundException final; do not repeat
     */
    public DeliveryStatus ack(String id, @Nullable String subscription) {
        return batchers.ack.call(acknowledging(id, subscription));
    }

    /** {@link #ack} without blocking. */
    public CompletableFuture<DeliveryStatus> ackAsync(String id, @Nullable String subscription) {
        return batchers.ack.callAsync(acknowledging(id, subscription));
    }

    /**
     * Rejects the message for a final business reason: stop sending it.
     *
     * @param request its own id may be left out
     * @throws TransitionRefusedException it was consumed or discarded before
     */
    public DeliveryStatus reject(String id, RejectRequest request) {
        return batchers.reject.call(rejecting(id, request));
    }

    /** {@link #reject} without blocking. */
    public CompletableFuture<DeliveryStatus> rejectAsync(String id, RejectRequest request) {
        return batchers.reject.callAsync(rejecting(id, request));
    }

    /** A message and the deliveries of it that the caller may see. */
    public MessageView get(String id) {
        return service.get("/messages/{id}", MessageView.class, named(id));
    }

    /** The timeline of a message, oldest entry first, as far as the caller may see it. */
    public TimelineView timeline(String id) {
        return service.get("/messages/{id}/timeline", TimelineView.class, named(id));
    }

    /**
     * The ledger's epoch, and the point the ledger was restored to; for producers.
     *
     * @param since an epoch seen earlier, to learn of restores after it
     */
    public LedgerView ledger(@Nullable String since) {
        Arguments.optionalText("since", since, Arguments.MAX_NAME);
        return service.get("/ledger", LedgerView.class, "since", since);
    }

    /**
     * The highest ledger epoch in the answers to this client so far, problems included; empty: none had one. A higher
     * one than before means that the ledger was restored: ask {@link #ledger}.
     *
     * <p>Answers overtake each other. To know later whether a restore may have undone a call, keep what this returned
     * before the call, not after it.
     */
    public Optional<String> epoch() {
        return service.epoch();
    }

    /**
     * Writes a payload as {@link #prepare} does, to be kept and sent later as {@link io.reliablemessage.api.RawJson}:
     * every repeat then has the same bytes, whatever version of the application sends it.
     *
     * @return UTF-8
     * @throws IllegalArgumentException it cannot be written, or is a text or bytes, which need a {@code
     *     payloadEncoding}
     */
    public byte[] writePayload(@Nullable Object payload) {
        Arguments.payload(payload, null);
        return json.writePayload(payload);
    }

    /** Sets the check URL and secret of this application; call it at every start. */
    public ApplicationView registerApplication(ApplicationRequest request) {
        var checked = given(request).checked();
        return service.put("/application", checked, ApplicationView.class);
    }

    /** Registers or changes a topic; call it at every start. */
    public TopicView registerTopic(String name, TopicRequest request) {
        Arguments.text("name", name, Arguments.MAX_NAME);
        return service.put("/topics/{name}", given(request).checked(), TopicView.class, name);
    }

    /** Registers or changes a subscription; call it at every start. */
    public SubscriptionView registerSubscription(String name, SubscriptionRequest request) {
        Arguments.text("name", name, Arguments.MAX_NAME);
        return service.put("/subscriptions/{name}", given(request).checked(), SubscriptionView.class, name);
    }

    /**
     * Takes no more calls about single messages, and blocks until those already made are answered, at most for the
     * request timeout. Calls that could not be sent by then fail like later ones: {@link ServiceUnavailableException}.
     */
    @Override
    public void close() {
        batchers.close();
        service.close();
    }

    private MessageStatus store(CallBatcher<MessageStatus> batcher, PrepareRequest request) {
        try {
            return batcher.call(storing(request));
        } catch (MessageProblemException refused) {
            var isOurs = request.id() == null;
            if (isOurs && refused.type().equals(Optional.of(ProblemType.ID_OUTSIDE_WINDOW))) {
                return batcher.call(storing(request)); // our clock was wrong; it follows the one that refused
            }
            throw refused;
        }
    }

    private EncodedCall storing(PrepareRequest request) {
        var checked = given(request).checked();
        var id = checked.id() == null ? MessageIds.next() : checked.id();
        return new EncodedCall(id, json.write(currentTrace.of(checked.withId(id))));
    }

    /** The codec that this client uses, for libraries that build on it. */
    public JsonCodec codec() {
        return json.codec();
    }

    private EncodedCall storingAgain(PrepareRequest request) {
        Arguments.present("id", given(request).id(), "make one with MessageIds.next(), to be able to repeat the call");
        return storing(request);
    }

    private static <T> List<EncodedCall> each(List<T> arguments, Function<T, EncodedCall> encode) {
        return Arguments.present("the list", arguments, "it may be empty").stream()
                .map(encode)
                .toList();
    }

    private static Duration time(Duration within) {
        Arguments.present("within", within, "give a duration");
        return within.isNegative() ? Duration.ZERO : within;
    }

    private EncodedCall deciding(String id) {
        return new EncodedCall(named(id), json.write(new MessageReference(id)));
    }

    private EncodedCall acknowledging(String id, @Nullable String subscription) {
        Arguments.optionalText("subscription", subscription, Arguments.MAX_NAME);
        return new EncodedCall(named(id), json.write(new AckRequest(id, subscription)));
    }

    private EncodedCall rejecting(String id, RejectRequest request) {
        named(id);
        var checked = given(request).checked();
        if (checked.id() != null && !checked.id().equals(id)) {
            throw new IllegalArgumentException("Two messages named: " + id + " and, in the request, " + checked.id());
        }
        var named = new RejectRequest(id, checked.subscription(), checked.code(), checked.reason());
        return new EncodedCall(id, json.write(named));
    }

    private static String named(String id) {
        return Arguments.text("id", id, Arguments.MAX_ID);
    }

    private static <T> T given(T request) {
        return Arguments.present("request", request, "make one with its builder");
    }

    @Override
    public String toString() {
        return "ReliableMessageClient[" + service + "]";
    }
}
