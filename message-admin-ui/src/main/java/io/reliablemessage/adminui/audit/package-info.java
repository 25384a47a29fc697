/** Shows operators' actions and their reasons. */
@NullMarked
package io.reliablemessage.adminui.audit;

import org.jspecify.annotations.NullMarked;
