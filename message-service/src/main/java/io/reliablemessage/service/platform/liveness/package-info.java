/**
 * Notices when workers fall silent: without them nothing fails, things merely stop happening.
 */
@NullMarked
package io.reliablemessage.service.platform.liveness;

import org.jspecify.annotations.NullMarked;
