/**
 * Sends spans to a collector if enabled. Disabled, its beans do not exist: calls and sends pay nothing.
 *
 * <p>By OpenTelemetry's own library and not by Boot's observations, of which every call would make more than one.
 */
@NullMarked
package io.reliablemessage.service.platform.tracing;

import org.jspecify.annotations.NullMarked;
