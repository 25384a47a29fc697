/** Finds messages by what operators know about them, reading a bounded number of rows. */
@NullMarked
package io.reliablemessage.service.admin.search;

import org.jspecify.annotations.NullMarked;
