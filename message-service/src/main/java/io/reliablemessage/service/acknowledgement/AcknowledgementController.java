package io.reliablemessage.service.acknowledgement;

import static io.reliablemessage.api.ProblemType.AMBIGUOUS_SUBSCRIPTION;
import static io.reliablemessage.service.model.DeliveryTransition.ACK;
import static io.reliablemessage.service.model.DeliveryTransition.REJECT;

import io.reliablemessage.api.AckRequest;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.DeliveryStatus;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.openapi.OneOrMany;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.security.Role;
import io.reliablemessage.service.platform.web.Bodies;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "receipts")
class AcknowledgementController {

    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    private static final AckRequest NOTHING_NAMED = new AckRequest(null, null);

    private final Acknowledgements receipts;
    private final Bodies bodies;

    AcknowledgementController(Acknowledgements receipts, Bodies bodies) {
        this.receipts = receipts;
        this.bodies = bodies;
    }

    @PostMapping("/{id:" + MessageId.FORM + "}/ack")
    @RolesAllowed(Role.Names.CONSUMER)
    @Operation(
            operationId = "ack",
            summary = "Acknowledges a message for a subscription",
            description =
                    "The subscription, or the whole body, may be left out when only one of the message's deliveries is the caller's.")
    @Example("""
            {"subscription": "points"}""")
    DeliveryStatus ack(
            @PathVariable MessageId id, @RequestBody(required = false) @Nullable AckRequest given, Caller caller) {
        var request = Objects.requireNonNullElse(given, NOTHING_NAMED);
        return settle(ackOf(idOf(id, request.id()), request, caller));
    }

    @PostMapping(value = "/ack", consumes = JSON)
    @RolesAllowed(Role.Names.CONSUMER)
    @Operation(operationId = "ackNamed", summary = "The same, with the message or many named in the body")
    @OneOrMany(takes = AckRequest.class, answers = DeliveryStatus.class)
    @Example("""
            {"id": "01980f2e-5b7c-7c3a-9d41-3f0a6b8e2c51", "subscription": "points"}""")
    Object ack(@RequestBody byte[] body, Caller caller) {
        return settle(body, object -> {
            var request = bodies.read(object, AckRequest.class);
            return ackOf(idOf(null, request.id()), request, caller);
        });
    }

    @PostMapping(value = "/{id:" + MessageId.FORM + "}/reject", consumes = JSON)
    @RolesAllowed(Role.Names.CONSUMER)
    @Operation(
            operationId = "reject",
            summary = "Rejects a message for a final business reason",
            description = "It is not sent again automatically; an operator may resend it.")
    @Example("""
            {"subscription": "points", "code": "ACCOUNT_CLOSED", "reason": "The account was closed in May."}""")
    DeliveryStatus reject(@PathVariable MessageId id, @RequestBody RejectRequest request, Caller caller) {
        return settle(rejectOf(idOf(id, request.id()), request, caller));
    }

    @PostMapping(value = "/reject", consumes = JSON)
    @RolesAllowed(Role.Names.CONSUMER)
    @Operation(operationId = "rejectNamed", summary = "The same, with the message or many named in the body")
    @OneOrMany(takes = RejectRequest.class, answers = DeliveryStatus.class)
    @Example("""
            {"id": "01980f2e-5b7c-7c3a-9d41-3f0a6b8e2c51", "code": "ACCOUNT_CLOSED"}""")
    Object reject(@RequestBody byte[] body, Caller caller) {
        return settle(body, object -> {
            var request = bodies.read(object, RejectRequest.class);
            return rejectOf(idOf(null, request.id()), request, caller);
        });
    }

    private static AckCommand ackOf(MessageId id, AckRequest request, Caller caller) {
        return new AckCommand(id, request.subscription(), caller.application(), ACK, null);
    }

    private static AckCommand rejectOf(MessageId id, RejectRequest request, Caller caller) {
        return new AckCommand(
                id,
                request.subscription(),
                caller.application(),
                REJECT,
                RejectionText.of(request.code(), request.reason()));
    }

    private Object settle(byte[] body, Function<byte[], AckCommand> read) {
        return bodies.answer(body, read, receipts.receipts(), AcknowledgementController::answer);
    }

    private DeliveryStatus settle(AckCommand request) {
        return answer(request, receipts.receipts().submit(request));
    }

    private static DeliveryStatus answer(AckCommand request, AckResult receipt) {
        return switch (receipt) {
            case AckResult.Applied(var id, var subscription, var state, var taken) ->
                new DeliveryStatus(id.toString(), subscription, state);
            case AckResult.Repeated(var id, var subscription, var state) ->
                new DeliveryStatus(id.toString(), subscription, state);
            case AckResult.Refused(var id, var subscription, var actual) ->
                throw Problems.refused(
                                id, request.transition(), actual, "The subscription has already answered otherwise.")
                        .with("subscription", subscription);
            case AckResult.CodeDiffers(var id, var subscription, var code) ->
                throw Problems.refused(
                                id,
                                request.transition(),
                                DeliveryState.REJECTED,
                                "The subscription has already rejected it with the code %s, which stands."
                                        .formatted(code))
                        .with("subscription", subscription);
            case AckResult.NeverSent(var id, var actual) ->
                throw Problems.refused(id, request.transition(), actual, "It was never sent to anybody.");
            case AckResult.Ambiguous(var id, var subscriptions) ->
                throw new Problem(
                                AMBIGUOUS_SUBSCRIPTION,
                                "Name the subscription; message %s goes to several of yours.".formatted(id))
                        .with("messageId", id)
                        .with("subscriptions", subscriptions);
            case AckResult.Unknown(var id) -> throw Problems.notFound(id);
        };
    }

    private static MessageId idOf(@Nullable MessageId path, @Nullable String body) {
        return path == null ? new MessageId(Names.id("id", body)) : Names.sameId(path, body);
    }
}
