/**
 * What operators see and do, whether with curl or from the console. Whoever may act is named by the call's key, or
 * by the console for its operator; each act has a reason and is in the audit.
 */
@NullMarked
package io.reliablemessage.service.console;

import org.jspecify.annotations.NullMarked;
