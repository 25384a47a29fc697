/** Bulk operations: preview, start, progress, result. */
@NullMarked
package io.reliablemessage.adminapi.operation;

import org.jspecify.annotations.NullMarked;
