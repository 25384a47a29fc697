/**
 * What operators see and do, with curl or in the console.
 *
 * <p>Whoever acts is named by the call's key, or by the console for its operator. Each action has a reason and is in the
 * audit.
 */
@NullMarked
package io.reliablemessage.service.admin;

import org.jspecify.annotations.NullMarked;
