/**
 * Takes up deliveries that are due, when recovery-job says it is time: sends them again, or buries them after their
 * last attempt. What "due" means was decided when the delivery was last sent.
 */
@NullMarked
package io.reliablemessage.service.redelivery;

import org.jspecify.annotations.NullMarked;
