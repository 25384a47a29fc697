/** The audit of operators' actions. */
@NullMarked
package io.reliablemessage.adminapi.audit;

import org.jspecify.annotations.NullMarked;
