/**
 * Bulk operations: previewed resends and discards of many deliveries, at a limited rate, in steps that survive kills.
 *
 * <p>recovery-job only triggers the next step; the action and its record are one transaction here.
 */
@NullMarked
package io.reliablemessage.service.admin.operation;

import org.jspecify.annotations.NullMarked;
