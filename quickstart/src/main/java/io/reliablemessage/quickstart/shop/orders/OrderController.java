package io.reliablemessage.quickstart.shop.orders;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.client.MessageProblemException;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.quickstart.shop.orders.OrderStore.PlacedOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders")
class OrderController {

    /** The outcome of an order; the message's id leads to {@code GET /messages/{id}} of the message service. */
    record Answer(
            String number,
            @Nullable String message,
            @Nullable String reason) {}

    /**
     * An order and its message's state.
     *
     * @param messageState null: the message service does not answer
     */
    record OrderView(PlacedOrder order, @Nullable MessageState messageState) {}

    private final Checkout checkout;
    private final OrderStore orders;
    private final ReliableMessageClient messages;

    OrderController(Checkout checkout, OrderStore orders, ReliableMessageClient ordersMessages) {
        this.checkout = checkout;
        this.orders = orders;
        this.messages = ordersMessages;
    }

    /** @param dies for the scenarios: between the commit and the confirmation */
    @PostMapping
    ResponseEntity<Answer> place(@RequestBody Order order, @RequestParam(defaultValue = "false") boolean dies) {
        Runnable death = () -> {
            throw new SimulatedCrash();
        };
        return switch (checkout.place(order, dies ? death : () -> {})) {
            case Checkout.Outcome.Placed(var message) ->
                ResponseEntity.status(HttpStatus.CREATED).body(new Answer(order.number(), message, null));
            case Checkout.Outcome.Refused(var message, var reason) ->
                ResponseEntity.unprocessableContent().body(new Answer(order.number(), message, reason));
            case Checkout.Outcome.NotNow(var reason) ->
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new Answer(order.number(), null, reason));
        };
    }

    /** The gateway's answer to a customer when the process behind it died. */
    @ExceptionHandler(SimulatedCrash.class)
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    void die() {}

    @GetMapping("/{number}")
    ResponseEntity<OrderView> find(@PathVariable String number) {
        return ResponseEntity.of(orders.find(number).map(order -> new OrderView(order, stateOf(order.message()))));
    }

    private @Nullable MessageState stateOf(String message) {
        try {
            return messages.get(message).state();
        } catch (MessageProblemException e) {
            return null;
        }
    }
}
