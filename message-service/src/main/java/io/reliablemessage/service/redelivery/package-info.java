/**
 * Sends due deliveries again, or gives them up ({@code DEAD}) after their last attempt, whenever recovery-job calls.
 *
 * <p>Each send sets the next due time by the SQL function {@code redelivery_wait}; {@code registry} has the schedules.
 */
@NullMarked
package io.reliablemessage.service.redelivery;

import org.jspecify.annotations.NullMarked;
