package io.reliablemessage.adminapi.message;

import io.reliablemessage.api.DeliveryStatus;
import java.util.List;

/** The deliveries of an operator's action, in their current state. */
public record DeliveriesView(List<DeliveryStatus> items) {}
