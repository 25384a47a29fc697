/**
 * Settles deliveries: acks and final refusals by consumers.
 *
 * <p>An ack may arrive after the delivery was given up, and still counts.
 */
@NullMarked
package io.reliablemessage.service.acknowledgement;

import org.jspecify.annotations.NullMarked;
