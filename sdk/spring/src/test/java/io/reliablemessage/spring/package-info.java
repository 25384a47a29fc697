/** Tests on real databases: PostgreSQL, MariaDB and H2. */
@NullMarked
package io.reliablemessage.spring;

import org.jspecify.annotations.NullMarked;
