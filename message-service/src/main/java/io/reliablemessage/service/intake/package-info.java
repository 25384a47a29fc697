/** Takes messages in: prepare, confirm, cancel, and send, which is prepare and confirm in one. */
@NullMarked
package io.reliablemessage.service.intake;

import org.jspecify.annotations.NullMarked;
