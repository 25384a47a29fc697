/**
 * Sends spans to a collector, where somebody wants them. Off, it is not even there: calls and sends pay nothing for it.
 *
 * <p>By OpenTelemetry's own library and not by Boot's observations, of which every call would make more than one.
 */
@NullMarked
package io.reliablemessage.service.platform.tracing;

import org.jspecify.annotations.NullMarked;
