/** What operators did. */
@NullMarked
package io.reliablemessage.adminapi.audit;

import org.jspecify.annotations.NullMarked;
