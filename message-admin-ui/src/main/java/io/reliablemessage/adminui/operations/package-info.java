/** Bulk operations: preview, start, progress, actions. */
@NullMarked
package io.reliablemessage.adminui.operations;

import org.jspecify.annotations.NullMarked;
