package io.reliablemessage.test.internal;

import static io.reliablemessage.test.internal.http.Role.CONSUMER;
import static io.reliablemessage.test.internal.http.Role.PRODUCER;

import io.reliablemessage.api.Headers;
import io.reliablemessage.test.internal.http.Answer;
import io.reliablemessage.test.internal.http.Call;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.Json;
import io.reliablemessage.test.internal.http.Members;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Parameters;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.http.Role;
import io.reliablemessage.test.internal.http.Route;
import io.reliablemessage.test.internal.http.Route.Body;
import io.reliablemessage.test.internal.http.Texts;
import io.reliablemessage.test.internal.messages.Acknowledgements;
import io.reliablemessage.test.internal.messages.Decision;
import io.reliablemessage.test.internal.messages.Epochs;
import io.reliablemessage.test.internal.messages.HalfMessage;
import io.reliablemessage.test.internal.messages.Idempotency;
import io.reliablemessage.test.internal.messages.Ledger;
import io.reliablemessage.test.internal.messages.Ledger.Prepared;
import io.reliablemessage.test.internal.messages.MessageRules;
import io.reliablemessage.test.internal.messages.RawMessage;
import io.reliablemessage.test.internal.messages.Step;
import io.reliablemessage.test.internal.messages.Trace;
import io.reliablemessage.test.internal.messages.Views;
import io.reliablemessage.test.internal.registry.Registry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The calls of the API, and what each of them does. Guarded by {@link Guard}. */
final class Routes {

    private static final int CREATED = 201;
    private static final String ID = "(" + MessageId.FORM + ")";
    private static final Set<Role> EITHER = Set.of(PRODUCER, CONSUMER);

    private final Clock clock;
    private final Registry registry;
    private final Ledger ledger;
    private final Epochs epochs;
    private final Acknowledgements acknowledgements;
    private final Idempotency idempotency;

    Routes(
            Clock clock,
            Registry registry,
            Ledger ledger,
            Epochs epochs,
            Acknowledgements acknowledgements,
            Idempotency idempotency) {
        this.clock = clock;
        this.registry = registry;
        this.ledger = ledger;
        this.epochs = epochs;
        this.acknowledgements = acknowledgements;
        this.idempotency = idempotency;
    }

    List<Route> all() {
        return List.of(
                json("POST", "/messages/prepare", PRODUCER, call -> store(call, ledger::prepare)),
                json("POST", "/messages", PRODUCER, call -> store(call, ledger::send)),
                json("POST", "/messages/confirm", PRODUCER, call -> decideNamed(call, Decision.CONFIRMED)),
                json("POST", "/messages/cancel", PRODUCER, call -> decideNamed(call, Decision.CANCELLED)),
                json(
                        "POST",
                        "/messages/ack",
                        CONSUMER,
                        call -> Answer.ofOneOrEach(call.body(), body -> ack(call, body))),
                json(
                        "POST",
                        "/messages/reject",
                        CONSUMER,
                        call -> Answer.ofOneOrEach(call.body(), body -> reject(call, body))),
                plain("POST", "/messages/" + ID + "/confirm", Set.of(PRODUCER), this::confirm),
                plain("POST", "/messages/" + ID + "/cancel", Set.of(PRODUCER), this::cancel),
                new Route(
                        "POST",
                        Pattern.compile("/messages/" + ID + "/ack"),
                        Body.OPTIONAL,
                        Set.of(CONSUMER),
                        this::ackInPath),
                json("POST", "/messages/" + ID + "/reject", CONSUMER, call -> Answer.ok(reject(call, call.body()))),
                plain("GET", "/ledger", Set.of(PRODUCER), this::showLedger),
                plain("GET", "/messages/" + ID, EITHER, this::show),
                plain("GET", "/messages/" + ID + "/timeline", EITHER, this::timeline),
                json(
                        "PUT",
                        "/application",
                        PRODUCER,
                        registering((none, application, body) -> registry.application(application, body))),
                json("PUT", "/topics/([^/]+)", PRODUCER, registering(registry::topic)),
                plain("DELETE", "/topics/([^/]+)", Set.of(PRODUCER), this::deleteTopic),
                json("PUT", "/subscriptions/([^/]+)", CONSUMER, registering(registry::subscription)));
    }

    private static Route json(String method, String path, Role role, Function<Call, Answer> handler) {
        return new Route(method, Pattern.compile(path), Body.REQUIRED, Set.of(role), handler);
    }

    private static Route plain(String method, String path, Set<Role> roles, Function<Call, Answer> handler) {
        return new Route(method, Pattern.compile(path), Body.NONE, roles, handler);
    }

    private Answer store(Call call, Function<HalfMessage, Prepared> store) {
        var key = call.header(Headers.IDEMPOTENCY_KEY);
        var trace = Trace.of(call.header(Headers.TRACE_PARENT), call.header(Headers.TRACE_STATE));
        Function<byte[], HalfMessage> read =
                body -> MessageRules.check(RawMessage.read(body), call.application(), trace);
        var items = Answer.items(call.body());
        if (items.isPresent()) {
            Idempotency.refuseForArrays(key);
            return Answer.ofEach(items.get(), item -> view(store.apply(read.apply(item))));
        }
        var stored = idempotency.store(read.apply(call.body()), key, store);
        return stored.isNew() ? new Answer(CREATED, view(stored)) : Answer.ok(view(stored));
    }

    private static Map<String, Object> view(Prepared stored) {
        return Views.status(stored.id(), stored.state());
    }

    private Answer confirm(Call call) {
        return Answer.ok(decide(call, sameId(call), Decision.CONFIRMED));
    }

    private Answer cancel(Call call) {
        return Answer.ok(decide(call, sameId(call), Decision.CANCELLED));
    }

    /** Nothing is asked of the body; but one that names another message must not decide this one. */
    private static MessageId sameId(Call call) {
        return isNothing(call.body())
                ? call.id()
                : call.id(Members.of(call.body(), Set.of("id")).text("id"));
    }

    private Answer decideNamed(Call call, Decision decision) {
        return Answer.ofOneOrEach(
                call.body(),
                body -> decide(
                        call,
                        MessageId.parsed("id", Members.of(body, Set.of("id")).text("id")),
                        decision));
    }

    private Map<String, Object> decide(Call call, MessageId id, Decision decision) {
        return Views.status(id, ledger.decide(id, call.application(), decision, call.application()));
    }

    /** Whose body may be left out, or null. */
    private Answer ackInPath(Call call) {
        return Answer.ok(ack(call, isNothing(call.body()) ? Json.write(Map.of()) : call.body()));
    }

    private static boolean isNothing(byte[] body) {
        return body.length == 0 || "null".equals(Texts.utf8(body).strip());
    }

    private Map<String, Object> ack(Call call, byte[] body) {
        var request = Members.of(body, Set.of("id", "subscription"));
        var id = call.id(request.text("id"));
        return Views.status(
                id, acknowledgements.settle(id, request.text("subscription"), call.application(), Step.ACK, null));
    }

    private Map<String, Object> reject(Call call, byte[] body) {
        var request = Members.of(body, Set.of("id", "subscription", "code", "reason"));
        var id = call.id(request.text("id"));
        var error = Acknowledgements.rejection(request.text("code"), request.text("reason"));
        return Views.status(
                id, acknowledgements.settle(id, request.text("subscription"), call.application(), Step.REJECT, error));
    }

    private Answer showLedger(Call call) {
        return Answer.ok(
                epochs.view(Parameters.of(call.query(), Set.of("since")).text("since")));
    }

    private Answer show(Call call) {
        return ledger.find(call.id())
                .flatMap(message -> Views.message(message, call.application(), clock.instant()))
                .map(Answer::ok)
                .orElseThrow(() -> Problem.messageNotFound(call.id()));
    }

    private Answer timeline(Call call) {
        return ledger.find(call.id())
                .flatMap(message -> Views.timeline(message, call.application()))
                .map(Answer::ok)
                .orElseThrow(() -> Problem.messageNotFound(call.id()));
    }

    private Answer deleteTopic(Call call) {
        registry.deleteTopic(call.name(), call.application());
        return Answer.NOTHING;
    }

    private static Function<Call, Answer> registering(Registering registering) {
        return call -> {
            Texts.requireUtf8(call.body());
            var name = call.variables().isEmpty() ? "" : call.name();
            return Answer.ok(registering.register(name, call.application(), call.body()));
        };
    }

    @FunctionalInterface
    private interface Registering {
        Map<String, Object> register(String name, String application, byte[] body);
    }
}
