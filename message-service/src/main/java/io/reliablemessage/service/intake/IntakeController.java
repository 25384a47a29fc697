package io.reliablemessage.service.intake;

import static io.reliablemessage.service.model.MessageTransition.CANCEL;
import static io.reliablemessage.service.model.MessageTransition.CONFIRM;

import io.reliablemessage.api.Headers;
import io.reliablemessage.api.MessageReference;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.service.decision.DecisionRequest;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.MessageTransition;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.model.Trace;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.openapi.OneOrMany;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.security.Role;
import io.reliablemessage.service.platform.web.Bodies;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "messages")
class IntakeController {

    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
    private static final String EXAMPLE = """
            {"topic": "order.placed", "key": "A-1", "payload": {"order": "A-1", "points": 10}, "headers": {"lang": "zh"}}""";

    private final Intake intake;
    private final MessageReader reader;
    private final MessageRules rules;
    private final IntakeAnswers answers;
    private final Bodies bodies;
    private final Idempotency idempotency;

    IntakeController(
            Intake intake,
            MessageReader reader,
            MessageRules rules,
            IntakeAnswers answers,
            Bodies bodies,
            Idempotency idempotency) {
        this.idempotency = idempotency;
        this.intake = intake;
        this.reader = reader;
        this.rules = rules;
        this.answers = answers;
        this.bodies = bodies;
    }

    @PostMapping(value = "/prepare", consumes = JSON)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(
            operationId = "prepare",
            summary = "Stores a half message, before the local transaction",
            description = "Give an id or an Idempotency-Key to make the call repeatable.")
    @OneOrMany(takes = PrepareRequest.class, answers = MessageStatus.class)
    @Example(EXAMPLE)
    @ApiResponse(responseCode = "201", description = "Stored now")
    @ApiResponse(responseCode = "200", description = "Stored before, or an array's answers")
    ResponseEntity<?> prepare(
            @RequestBody byte[] body,
            @RequestHeader(name = Headers.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @Parameter(hidden = true) Trace trace,
            Caller caller) {
        Function<byte[], HalfMessage> read = object -> rules.check(reader.read(object), caller.application(), trace);
        var items = bodies.items(body);
        if (items.isPresent()) {
            Idempotency.refuseForArrays(idempotencyKey);
            return ResponseEntity.ok(bodies.answerAll(
                    items.get(), read, intake.prepares(), (message, preparation) -> answers.of(preparation, message)));
        }
        var message = idempotency.identify(read.apply(body), idempotencyKey);
        var preparation = intake.prepares().submit(message);
        Idempotency.requireSameContent(idempotencyKey, preparation);
        return ResponseEntity.status(statusOf(preparation)).body(answers.of(preparation, message));
    }

    @PostMapping(consumes = JSON)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(
            operationId = "send",
            summary = "Stores and confirms a message in one step",
            description = "For outbox relays, whose local transaction has already committed.")
    @OneOrMany(takes = PrepareRequest.class, answers = MessageStatus.class)
    @Example(EXAMPLE)
    @ApiResponse(responseCode = "201", description = "Stored now")
    @ApiResponse(responseCode = "200", description = "Stored before, or an array's answers")
    ResponseEntity<?> send(
            @RequestBody byte[] body,
            @RequestHeader(name = Headers.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @Parameter(hidden = true) Trace trace,
            Caller caller) {
        Function<byte[], Intake.Send> read = object ->
                new Intake.Send(rules.check(reader.read(object), caller.application(), trace), caller.actor());
        var items = bodies.items(body);
        if (items.isPresent()) {
            Idempotency.refuseForArrays(idempotencyKey);
            return ResponseEntity.ok(bodies.answerAll(items.get(), read, intake.sends(), answers::of));
        }
        var given = read.apply(body);
        var send = new Intake.Send(idempotency.identify(given.message(), idempotencyKey), given.actor());
        var sent = intake.sends().submit(send);
        Idempotency.requireSameContent(idempotencyKey, sent.preparation());
        return ResponseEntity.status(statusOf(sent.preparation())).body(answers.of(send, sent));
    }

    @PostMapping("/{id:" + MessageId.FORM + "}/confirm")
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(operationId = "confirm", summary = "Confirms a message: the local transaction committed")
    MessageStatus confirm(
            @PathVariable MessageId id,
            @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body,
            Caller caller) {
        return decide(same(id, body), CONFIRM, caller);
    }

    @PostMapping(value = "/confirm", consumes = JSON)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(operationId = "confirmNamed", summary = "The same, with the message or many named in the body")
    @OneOrMany(takes = MessageReference.class, answers = MessageStatus.class)
    @Example("""
            {"id": "01980f2e-5b7c-7c3a-9d41-3f0a6b8e2c51"}""")
    Object confirm(@RequestBody byte[] body, Caller caller) {
        return decide(body, CONFIRM, caller);
    }

    @PostMapping("/{id:" + MessageId.FORM + "}/cancel")
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(operationId = "cancel", summary = "Cancels a message: the local transaction did not commit")
    MessageStatus cancel(
            @PathVariable MessageId id,
            @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body,
            Caller caller) {
        return decide(same(id, body), CANCEL, caller);
    }

    @PostMapping(value = "/cancel", consumes = JSON)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(operationId = "cancelNamed", summary = "The same, with the message or many named in the body")
    @OneOrMany(takes = MessageReference.class, answers = MessageStatus.class)
    @Example("""
            {"id": "01980f2e-5b7c-7c3a-9d41-3f0a6b8e2c51"}""")
    Object cancel(@RequestBody byte[] body, Caller caller) {
        return decide(body, CANCEL, caller);
    }

    /** Nothing is asked of the body; but one that names another message must not decide this one. */
    private MessageId same(MessageId path, byte @Nullable [] body) {
        var named = body == null || body.length == 0
                ? Optional.<MessageReference>empty()
                : bodies.readIfAny(body, MessageReference.class);
        return Names.sameId(path, named.map(MessageReference::id).orElse(null));
    }

    private MessageStatus decide(MessageId id, MessageTransition transition, Caller caller) {
        return answers.of(intake.decides().submit(request(id, transition, caller)), transition);
    }

    private Object decide(byte[] body, MessageTransition transition, Caller caller) {
        return bodies.answer(
                body,
                object -> request(idOf(bodies.read(object, MessageReference.class)), transition, caller),
                intake.decides(),
                (request, decided) -> answers.of(decided, transition));
    }

    private static DecisionRequest request(MessageId id, MessageTransition transition, Caller caller) {
        return new DecisionRequest(id, caller.application(), caller.actor(), transition);
    }

    private static HttpStatus statusOf(PrepareResult preparation) {
        return preparation instanceof PrepareResult.Stored ? HttpStatus.CREATED : HttpStatus.OK;
    }

    private static MessageId idOf(MessageReference message) {
        return new MessageId(Names.id("id", message.id()));
    }
}
