/** Search for messages, and operators' actions on one of them. */
@NullMarked
package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.NullMarked;
