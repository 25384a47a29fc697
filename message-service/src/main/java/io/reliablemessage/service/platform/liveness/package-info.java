/**
 * Knows when each kind of worker called last, and which kinds an operator has paused; reports silent ones in health and
 * metrics, because without workers nothing fails, things merely stop happening.
 */
@NullMarked
package io.reliablemessage.service.platform.liveness;

import org.jspecify.annotations.NullMarked;
