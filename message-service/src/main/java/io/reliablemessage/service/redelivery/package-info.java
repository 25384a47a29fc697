/**
 * Processes due deliveries when recovery-job triggers it: sends them again, or buries them after their last attempt.
 * The due time was set when the delivery was last sent.
 */
@NullMarked
package io.reliablemessage.service.redelivery;

import org.jspecify.annotations.NullMarked;
