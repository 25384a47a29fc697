/**
 * Everything that goes wrong is answered as a problem (RFC 9457), whoever noticed it: a rule, Spring, the security
 * filters or Tomcat itself.
 */
@NullMarked
package io.reliablemessage.service.platform.problem;

import org.jspecify.annotations.NullMarked;
