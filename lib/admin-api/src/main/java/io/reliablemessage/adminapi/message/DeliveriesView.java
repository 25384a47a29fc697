package io.reliablemessage.adminapi.message;

import io.reliablemessage.api.DeliveryStatus;
import java.util.List;

/** Deliveries an operator's act was about, as they are now. */
public record DeliveriesView(List<DeliveryStatus> items) {}
