/** Operators' actions on one message: resend, discard, decide, check back now, read its content. */
@NullMarked
package io.reliablemessage.service.admin.action;

import org.jspecify.annotations.NullMarked;
