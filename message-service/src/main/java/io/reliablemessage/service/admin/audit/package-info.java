/** Records what operators did and what they were refused, and lists it. */
@NullMarked
package io.reliablemessage.service.admin.audit;

import org.jspecify.annotations.NullMarked;
