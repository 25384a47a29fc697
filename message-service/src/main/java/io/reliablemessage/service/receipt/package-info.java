/** Takes consumers' word: ack and reject. */
@NullMarked
package io.reliablemessage.service.receipt;

import org.jspecify.annotations.NullMarked;
