/** Roles of operators, and the parameters and cursors of all lists. */
@NullMarked
package io.reliablemessage.service.admin.common;

import org.jspecify.annotations.NullMarked;
