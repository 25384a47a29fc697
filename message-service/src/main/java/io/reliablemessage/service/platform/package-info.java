/** What every feature needs and none owns: security, problems, web and database plumbing. Knows no word of the domain. */
@NullMarked
package io.reliablemessage.service.platform;

import org.jspecify.annotations.NullMarked;
