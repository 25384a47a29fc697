package io.reliablemessage.api;

import java.util.List;

/** Deliveries an operator's act was about, as they are now. */
public record DeliveriesView(List<DeliveryStatus> items) {}
