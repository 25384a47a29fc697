/** Detects workers that stopped calling: without them nothing fails, but nothing is redelivered or checked back. */
@NullMarked
package io.reliablemessage.service.platform.liveness;

import org.jspecify.annotations.NullMarked;
