/**
 * Answers every failure as a problem (RFC 9457), whatever detected it: a rule, Spring, the security filters or Tomcat.
 */
@NullMarked
package io.reliablemessage.service.platform.problem;

import org.jspecify.annotations.NullMarked;
