/**
 * Serves the operators' API, for curl and the console.
 *
 * <p>The actor is the call's key, or the operator that the console names. Each action has a reason and is in the audit.
 */
@NullMarked
package io.reliablemessage.service.admin;

import org.jspecify.annotations.NullMarked;
